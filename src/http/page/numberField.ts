/** The whole number in a field; `undefined` where there is none. */
export const numberIn = ({ valueAsNumber }: HTMLInputElement): number | undefined =>
  Number.isInteger(valueAsNumber) ? valueAsNumber : undefined

export const isEmpty = ({ validity, value }: HTMLInputElement): boolean => value === "" && !validity.badInput

/** Whether there is something else in a field than nothing, or a whole number within its bounds. */
export const isWrong = (field: HTMLInputElement): boolean => {
  const number = numberIn(field)
  return !isEmpty(field) && !(number !== undefined && number >= Number(field.min) && number <= Number(field.max))
}
