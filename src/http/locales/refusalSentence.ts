import type { ServiceError } from "../errors.ts"
import { errorSentence, reasonSentence, timeOf } from "./errorSentence.ts"
import type { Messages } from "./Messages.ts"

const longestModel = 100

/** Why nothing is drawn, in the language of the chat. */
export const refusalSentence = (error: ServiceError, messages: Messages): string => {
  const { errors } = messages
  if (!errors) return error.message
  switch (error._tag) {
    case "InvalidRequest":
      return reasonSentence(error, errors) ?? errors.requestRefused(error.message)
    case "ModelNotFound":
      return errors.modelNotFound(error.model.slice(0, longestModel))
    case "ImageNotFound":
      return error.expired ? errors.imageExpired : errors.imageNotFound
    case "StorageError":
      return errors.storageFailed
    case "BudgetExceeded": {
      const amount = (count: number) => (error.unit === "dollars" ? `$${count}` : errors.neurons(count))
      return errors.budgetExceeded(amount(error.left), amount(error.needed), timeOf(error.renewsAt))
    }
    case "PayloadTooLarge":
      return errors.tooLarge
    case "InvalidApiKey":
      return error.fault === undefined ? errors.wrongKey : `${errors.wrongKey} ${error.fault}`
    case "JobNotFound":
    case "BindingMissing":
      return error.message
    default:
      return errorSentence(error, messages)
  }
}
