/**
 * Prompts for pictures, by people who have not seen how background requests are recognized. Each is one message, as it is
 * typed: none may be taken for a helper, alone or in a talk.
 */
export const unseenPrompts: ReadonlyArray<string> = []
