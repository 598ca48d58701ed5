import { draw } from "./api.ts"
import { askKey, currentKey, startKey } from "./apiKey.ts"
import { showChecklist } from "./checklist.ts"
import { copy } from "./clipboard.ts"
import { editPicture, fillForm, offerModels, startForm } from "./composer.ts"
import type { DrawRequest } from "./DrawRequest.ts"
import { byId } from "./dom.ts"
import { clearFailure, showFailure } from "./failureView.ts"
import { type KeptPicture, openGallery } from "./gallery.ts"
import { startGalleryView } from "./galleryView.ts"
import { acceptInputPictures } from "./inputPicture.ts"
import { fillTexts, messages } from "./messages.ts"
import { startProgress } from "./progressView.ts"
import { ServiceFailure } from "./ServiceFailure.ts"
import { service } from "./service.ts"

fillTexts()

const opening = openGallery()
let busy = false

const drawRequest = async (request: DrawRequest): Promise<void> => {
  if (busy) return
  busy = true
  clearFailure()
  try {
    const key = currentKey() || (await askKey())
    if (key !== undefined) await drawWith(request, key)
  } catch (failure) {
    const refused = failure instanceof ServiceFailure && failure.code === "invalid_api_key"
    showFailure(failure, () => void (refused ? askAnew(request) : drawRequest(request)))
  } finally {
    busy = false
  }
}

const askAnew = async (request: DrawRequest): Promise<void> => {
  if ((await askKey(messages.advice.key)) !== undefined) await drawRequest(request)
}

const drawWith = async (request: DrawRequest, key: string): Promise<void> => {
  const gallery = await opening
  const controller = new AbortController()
  const progress = startProgress(request.n, () => controller.abort())
  const places = view.reserve(request.n, request.size)
  const drawnAt = new Date()
  let number = 0
  try {
    for await (const event of draw(request, key, controller.signal)) {
      if (event.type === "opened") progress.opened(event.neurons)
      if (event.type === "drawing") progress.drawing()
      if (event.type !== "picture") continue
      const { blob, model, revised_prompt, seed, size, url, usage } = event.picture
      const picture = {
        ...{ blob, drawnAt, model, request, size, neurons: usage.neurons },
        ...(seed !== undefined && { seed }),
        ...(url !== undefined && { url }),
        ...(revised_prompt !== undefined && { revisedPrompt: revised_prompt })
      }
      places.fill(await gallery.add(picture))
      number += 1
      progress.picture(number)
    }
    progress.end("done")
  } catch (failure) {
    progress.end(controller.signal.aborted ? "cancelled" : "failed")
    if (!controller.signal.aborted) throw failure
  } finally {
    places.giveUp()
  }
}

/** The same request for one picture, with the seed of this one where the model told it. */
const redraw = ({ request, seed }: KeptPicture): void => {
  const { seed: _wanted, ...rest } = request
  const again = { ...rest, n: 1, ...(seed !== undefined && { seed }) }
  fillForm(again)
  void drawRequest(again)
}

const view = startGalleryView({
  redraw,
  edit: ({ blob }) => editPicture(blob),
  remove: async ({ id }) => {
    await (await opening).remove(id)
    view.remove(id)
    byId("gallery-title", HTMLElement).focus()
  }
})

const start = async (): Promise<void> => {
  byId("base-address", HTMLElement).textContent = `${location.origin}/v1`
  byId("copy-base", HTMLButtonElement).addEventListener("click", () => void copy(`${location.origin}/v1`))
  byId("preview-notice", HTMLElement).hidden = !service.preview
  if (service.problems.length > 0) {
    showChecklist()
    byId("key-button", HTMLButtonElement).hidden = true
  } else {
    startForm((request) => void drawRequest(request))
    acceptInputPictures(showFailure)
  }
  startKey(service.problems.length > 0 ? () => undefined : offerModels)
  const gallery = await opening
  byId("not-kept", HTMLElement).hidden = gallery.lasting
  const pictures = await gallery.all()
  view.append(pictures)
  byId("gallery", HTMLElement).hidden = service.problems.length > 0 && pictures.length === 0
}

void start()
