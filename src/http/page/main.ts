import type { ImageUse } from "./actions.ts"
import { startKey } from "./apiKey.ts"
import { startApp } from "./app.ts"
import { showChecklist } from "./checklist.ts"
import { copy } from "./clipboard.ts"
import { offerComparison } from "./comparison.ts"
import { changeForm, refreshForm, refuseForm, startForm } from "./composer.ts"
import { byId } from "./dom.ts"
import { startExamples } from "./examples.ts"
import { adviceFor } from "./failureNote.ts"
import { formatTime } from "./format.ts"
import { openGallery } from "./gallery.ts"
import { startInputs } from "./inputs.ts"
import { startLimit } from "./limit.ts"
import { fillTexts, messages } from "./messages.ts"
import { offerModels } from "./modelChooser.ts"
import { refreshUsage } from "./money.ts"
import { startPreferences } from "./preferencesDialog.ts"
import { makeRequests } from "./requests.ts"
import { makeRuns } from "./runs.ts"
import { linkEnd, type ShownImage } from "./ShownImage.ts"
import { service } from "./service.ts"
import { listenToTabs, tellTabs } from "./tabs.ts"
import { showTheme } from "./theme.ts"
import { announce, offerUndo } from "./toast.ts"
import { makeViewer } from "./viewer.ts"

const startDrawing = async (): Promise<void> => {
  const gallery = await openGallery()

  const remove = (image: ShownImage): void => {
    const end = linkEnd(image)
    requests.remove(image)
    void gallery.remove(image.id).then(() => tellTabs({ type: "removed", id: image.id }))
    const living = end && end > new Date()
    offerUndo(living ? messages.removedWithLink(formatTime(end)) : messages.removed, () => {
      requests.show(image)
      void gallery.put(image).then(() => tellTabs({ type: "added", id: image.id }))
    })
  }

  const use: ImageUse = {
    drawAgain: (request) => void runs.draw([request]),
    sameSeed: ({ model, request, seed, size }) => {
      changeForm({ ...request, n: 1, model, size, seed })
      announce(messages.sameSeedHint)
    },
    edit: ({ blob, size }) => changeForm({ inputs: [blob], size, n: 1 }),
    usePrompt: ({ request }) => changeForm({ prompt: request.prompt }),
    remove,
    enlarge: (image) => viewer.open(image)
  }
  const requests = makeRequests(use)
  const viewer = makeViewer(use, requests.images)
  const runs = makeRuns(gallery, requests)

  startForm((requests) => void runs.draw(requests))
  startInputs(refreshForm, (failure) => {
    refuseForm(failure.code === "too_many_pictures" ? messages.tooManyImages : adviceFor(failure))
  })
  startExamples((prompt) => changeForm({ prompt }))
  startLimit()
  startKey((ids, key) => {
    offerModels(ids)
    offerComparison(ids)
    refreshForm()
    void refreshUsage(key).then(refreshForm)
  })

  byId("preview-notice", HTMLElement).hidden = !service.preview
  byId("not-kept", HTMLElement).hidden = gallery.lasting
  const kept = await gallery.all().catch(() => [])
  for (const image of kept) requests.show(image)
  byId("welcome", HTMLElement).hidden = kept.length > 0
  runs.resumeAll()
  listenToTabs(async ({ id, type }) => {
    const shown = requests.images().find((image) => image.id === id)
    if (type === "removed" && shown) requests.remove(shown)
    const added = type === "added" && !shown ? await gallery.get(id) : undefined
    if (added) requests.show(added)
  })
}

showTheme()
fillTexts()
startPreferences()
startApp()
const bar = byId("composer", HTMLFormElement)
new ResizeObserver(() => {
  // The rest of the page keeps clear of the bar.
  document.documentElement.style.setProperty("--bar", `${bar.offsetHeight}px`)
}).observe(bar)
byId("base-address", HTMLElement).textContent = `${location.origin}/v1`
byId("copy-base", HTMLButtonElement).addEventListener("click", () => void copy(`${location.origin}/v1`))
if (service.problems.length > 0) showChecklist()
else void startDrawing()
byId("key-button", HTMLButtonElement).hidden = service.problems.length > 0
