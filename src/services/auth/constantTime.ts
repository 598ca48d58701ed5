/**
 * Whether what was given is the secret. It takes a time that depends on the length of `given` alone: every byte of it is
 * compared, whatever was found before. An empty secret is equal to nothing.
 */
export const equalsSecret = (given: Uint8Array, secret: Uint8Array): boolean => {
  let difference = given.length ^ secret.length
  // An index beyond the secret's end reads `undefined`, and the lengths have already told that there is a difference.
  for (let index = 0; index < given.length; index++) difference |= (given[index] ?? 0) ^ (secret[index] ?? 0)
  return difference === 0 && secret.length > 0
}
