import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest"
import { deployment } from "../../scripts/doctor/Deployment.ts"
import { checkPartnerModels } from "../../scripts/doctor/partnerModels.ts"
import { API_KEY, type RunningService, startService } from "../support/service.ts"

const START_MS = 60_000

describe("the doctor where partners' models are switched on", () => {
  let service: RunningService
  beforeAll(async () => {
    service = await startService({
      ai: "rest",
      vars: { PARTNER_MODELS: "nano-banana,flux-2-pro-preview,bria/remove-background" }
    })
  }, START_MS)
  afterEach(() => service.reset())
  afterAll(() => service.close(), START_MS)

  const check = () => checkPartnerModels(deployment(service.url, API_KEY))

  it("draws with the cheapest", async () => {
    service.workersAi.partnerForm = "base64"
    expect(await check()).toMatchObject([
      { outcome: "ok", seen: expect.stringContaining("flux-2-pro-preview, 1024x1024") }
    ])
    expect(service.workersAi.calls).toHaveLength(1)
  })

  it("says what to do about credits", async () => {
    service.workersAi.failNext({ _tag: "Reply", status: 402, body: "Insufficient balance" })
    expect(await check()).toMatchObject([{ outcome: "failed", advice: expect.stringContaining("credits") }])
  })
})

describe("the doctor where none is", () => {
  it("says nothing of them", { timeout: START_MS }, async () => {
    const service = await startService({ ai: "rest" })
    try {
      expect(await checkPartnerModels(deployment(service.url, API_KEY))).toEqual([])
    } finally {
      await service.close()
    }
  })
})
