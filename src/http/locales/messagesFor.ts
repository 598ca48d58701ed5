import type { Locale } from "../../domain/Locale.ts"
import { messages } from "./languages.generated.ts"
import type { Messages } from "./Messages.ts"

/** The sentences of a chat answer in a language. */
export const messagesFor = (locale: Locale): Messages => messages[locale]
