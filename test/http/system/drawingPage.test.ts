import { describe, expect, it } from "vitest"
import { ConfigurationError } from "../../../src/domain/Errors.ts"
import { FakeAppConfig } from "../../support/layers/testLayers.ts"
import { testApp } from "../../support/testApp.ts"

const pageWith = async (message: string) => {
  const problems = [new ConfigurationError({ variable: "API_KEY", message })]
  const app = testApp({ config: FakeAppConfig.make({ canDraw: false, problems }) })
  return (await app.fetch("/")).text()
}

/** What is between the tags of the element that tells the page of the service. */
const data = (page: string) => /<script type="application\/json" id="service">(.*?)<\/script>/s.exec(page)?.[1] ?? ""

describe("what the page is told of the service", () => {
  it.each([
    "</script><script>alert(1)</script>",
    "</SCRIPT ><img src=x onerror=alert(1)>",
    "<!--<script>",
    "]]><!-- -->",
    "$& $` $' $1 {{service}} {{lang}}",
    "\u2028\u2029"
  ])("can't end its element, nor be read as anything but text: %j", async (message) => {
    const page = await pageWith(message)
    expect(JSON.parse(data(page)).problems).toEqual([{ variable: "API_KEY", message }])
    expect(data(page)).not.toContain("<")
    const harmless = await pageWith("harmless")
    const count = (text: string) => text.split(/<\/?script|<!--/i).length
    expect(count(page)).toBe(count(harmless))
  })
})

describe("the name of the place", () => {
  const named = async (TITLE: string) => (await testApp({ env: { TITLE } }).fetch("/")).text()

  it("is in the title and in the header", async () => {
    const page = await named("Family pictures")
    expect(page).toContain("<title>Family pictures</title>")
    expect(page).toContain("<h1>Family pictures</h1>")
    expect(page).not.toContain("{{")
  })

  it.each(["</title><script>alert(1)</script>", "<img src=x onerror=alert(1)>", "A & B $& {{lang}}"])(
    "is read as nothing but text: %s",
    async (title) => {
      const page = await named(title)
      const escaped = title.replaceAll("&", "&amp;").replaceAll("<", "&lt;")
      expect(page).toContain(`<title>${escaped}</title>`)
      expect(page).toContain(`<h1>${escaped}</h1>`)
    }
  )
})

describe("the headers of the page", () => {
  it("keep it out of frames, and its address to itself", async () => {
    const { headers } = await testApp().fetch("/")
    const policy = headers.get("content-security-policy")?.split("; ")
    expect(policy).toContain("frame-ancestors 'none'")
    expect(policy).toContain("base-uri 'none'")
    expect(policy).toContain("form-action 'self'")
    expect(policy).toContain("connect-src 'self'")
    expect(policy).toContain("require-trusted-types-for 'script'")
    expect(policy).toContain("trusted-types worker")
    expect(headers.get("referrer-policy")).toBe("no-referrer")
  })

  it("let the API reference run its own program and nothing else", async () => {
    const policy = (await testApp().fetch("/docs")).headers.get("content-security-policy")?.split("; ")
    expect(policy).toContain("default-src 'none'")
    expect(policy).toContain("connect-src 'self'")
    expect(policy).toContain("form-action 'none'")
    expect(policy).toContain("require-trusted-types-for 'script'")
    expect(policy).toContain("trusted-types 'none'")
  })
})
