/** How many characters people see in a text: code points, where the models count UTF-16 units. */
export const countCharacters = (text: string): number => {
  let count = 0
  for (const _character of text) count += 1
  return count
}
