import { formatSize } from "../domain/ImageSize.ts"
import type { Notice } from "../domain/Notice.ts"
import type { Messages } from "./locales/Messages.ts"

/** What was done otherwise than asked, as a sentence. */
export const noticeText = (notice: Notice, messages: Messages): string => {
  switch (notice._tag) {
    case "SizeAdapted":
      return messages.sizeAdapted(formatSize(notice.wanted), formatSize(notice.drawn))
    case "SeedIgnored":
      return messages.seedIgnored
    case "StepsIgnored":
      return messages.stepsIgnored(notice.steps, notice.maximum)
    case "PromptUnused":
      return messages.promptUnused
    case "WishesIgnored":
      return messages.wishesIgnored(notice.fields.join(", "), notice.model)
    case "BetaDrawn":
      return messages.betaDrawn(notice.model, formatSize(notice.drawn))
    case "ModelReplaced":
      return messages.modelReplaced[notice.lack](notice.wanted, notice.drawn)
    case "MaskRedrawn":
      return messages.maskRedrawn
  }
}
