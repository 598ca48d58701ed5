import type { Client } from "./Client.ts"
import { openai } from "./clients/openai.ts"

/** Every client of the table, in its order. */
export const clients: ReadonlyArray<Client> = [openai]
