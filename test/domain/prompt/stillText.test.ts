import * as Result from "effect/Result"
import { describe, expect, it } from "vitest"
import { parsePrompt } from "../../../src/domain/PromptText.ts"

const parsed = (text: string) => Result.getOrThrow(parsePrompt(text))

describe("what the picture shows", () => {
  it.each([
    "the clock says 10:30",
    "the clock says 9:16",
    "the clock says 9:16.",
    "a scoreboard that reads 3:2",
    'a sign that says "3:2"',
    "a sign that says: **3:2**",
    "a display showing 16:9",
    "a thermometer reading 3:4",
    "the time is 9:16",
    "time: 9:16",
    "it's 9:16",
    "a train leaving at 4:5",
    "a meeting from 1:1 to 3:2",
    "they won 3:2",
    "odds of 2:1",
    "a model car at the scale 1:2",
    "John 3:4",
    "1 John 3:4",
    "Psalm 16:9",
    "a tattoo, Genesis 1:1",
    "时钟显示3:4",
    "牌子上写着3:2",
    "比分是3:2",
    "現在時間 9:16",
    "牌子上寫著3:2",
    "約翰福音 3:4",
    "時計は3:4",
    "スコア 3:2",
    "ヨハネ 3:4",
    "el reloj marca las 3:4",
    "un tren que sale a las 4:5",
    "un letrero que dice 3:2",
    "Salmo 3:4",
    "l'horloge indique 3:4",
    "un train qui part à 4:5",
    "une pancarte qui affiche 3:2",
    "часы показывают 3:4",
    "поезд отправляется в 4:5",
    "со счётом 3:2",
    "die Uhr zeigt 9:16",
    "ein Zug fährt um 4:5",
    "auf dem Schild steht 3:2",
    "ein Schild mit der Aufschrift 3:2",
    "a match that ended 3:2"
  ])("stays: %s", (text) => {
    expect(parsed(text)).toEqual({ prompt: text, flags: {} })
  })

  it.each([
    ["A cute cat 3:2", "A cute cat"],
    ["Eine niedliche Katze 3:2", "Eine niedliche Katze"],
    ["a portrait of John 3:4", "a portrait of John"],
    ["John and Mary 3:4", "John and Mary"],
    ["a wall clock 3:4", "a wall clock"],
    ["a scoreboard 3:2", "a scoreboard"],
    ["a girl reading 3:2", "a girl reading"],
    ["a TV show 16:9", "a TV show"],
    ["once upon a time 16:9", "once upon a time"],
    ["a sign that says hello 16:9", "a sign that says hello"],
    ["the clock says noon, 16:9", "the clock says noon"],
    ["the clock says 10:30 16:9", "the clock says 10:30"],
    ["the clock says 10:30, aspect ratio 16:9", "the clock says 10:30"],
    ["une affiche 3:2", "une affiche"],
    ["eine Uhr 3:2", "eine Uhr"],
    ["кошка в 3:2", "кошка"],
    ["壁上的时钟 3:2", "壁上的时钟"]
  ])("is not taken for a shape, nor a shape for it: %s", (text, prompt) => {
    expect(parsed(text)).toEqual({ prompt, flags: { size: expect.anything() } })
  })
})
