import "./invitation.ts"
import type { ImageUse } from "./actions.ts"
import { currentKey, startKey } from "./apiKey.ts"
import { startApp } from "./app.ts"
import { showChecklist } from "./checklist.ts"
import { copy } from "./clipboard.ts"
import { offerComparison } from "./comparison.ts"
import { changeForm, refreshForm, refuseForm, startForm } from "./composer.ts"
import { openConnect } from "./connect.ts"
import { byId } from "./dom.ts"
import { download } from "./download.ts"
import { startExamples } from "./examples.ts"
import { adviceFor } from "./failureNote.ts"
import { startFinding } from "./finding.ts"
import { formatTime } from "./format.ts"
import { openGallery } from "./gallery.ts"
import { startInputs } from "./inputs.ts"
import { openInvite } from "./invite.ts"
import { showKeys, startKeys } from "./keys.ts"
import { startLimit } from "./limit.ts"
import { startMenu } from "./menu.ts"
import { fillTexts, messages } from "./messages.ts"
import { offerModels } from "./modelChooser.ts"
import { refreshUsage } from "./money.ts"
import { startPreferences } from "./preferencesDialog.ts"
import { makeRequests } from "./requests.ts"
import { makeRuns } from "./runs.ts"
import { linkEnd, type ShownImage } from "./ShownImage.ts"
import { makeSelection } from "./selection.ts"
import { service } from "./service.ts"
import { listenToTabs, tellTabs } from "./tabs.ts"
import { showTheme } from "./theme.ts"
import { announce, offerUndo } from "./toast.ts"
import { openUsage } from "./usage.ts"
import { makeViewer } from "./viewer.ts"

const startDrawing = async (): Promise<void> => {
  const gallery = await openGallery()

  const bytes = ({ id }: ShownImage) => gallery.bytes(id)

  const remove = (images: ReadonlyArray<ShownImage>): void => {
    const ends = images.map(linkEnd).filter((end) => end && end > new Date())
    requests.remove(images)
    const removed = gallery.remove(images.map(({ id }) => id))
    for (const { id } of images) void removed.then(() => tellTabs({ type: "removed", id }))
    const [end] = ends
    offerUndo(end && images.length === 1 ? messages.removedWithLink(formatTime(end)) : messages.removed, async () => {
      const blobs = await removed
      for (const image of images) {
        void gallery.put(image, blobs.get(image.id)).then(() => tellTabs({ type: "added", id: image.id }))
        requests.show(image)
      }
    })
  }

  const use: ImageUse = {
    bytes,
    drawAgain: (request) => void runs.draw([request]),
    sameSeed: ({ model, request, seed, size }) => {
      changeForm({ ...request, n: 1, model, size, seed })
      announce(messages.sameSeedHint)
    },
    edit: async (image) => {
      const blob = await bytes(image)
      if (blob) changeForm({ inputs: [blob], size: image.size, n: 1 })
    },
    usePrompt: ({ request }) => changeForm({ prompt: request.prompt }),
    favourite: (image) => {
      const changed = { ...image, favourite: !image.favourite }
      requests.show(changed)
      viewer.changed(changed)
      void gallery.put(changed).then(() => tellTabs({ type: "added", id: image.id }))
    },
    download: (images) => void download(images, bytes),
    remove,
    enlarge: (id, extend) => {
      const image = requests.find(id)
      if (selection.isOn()) selection.toggle(id, extend)
      else if (image) viewer.open(image)
    }
  }
  const requests = makeRequests(use)
  const viewer = makeViewer(use, requests.shown)
  const selection = makeSelection(requests.shown, () => use)
  const runs = makeRuns(gallery, requests)
  startFinding((matches) => {
    requests.filter(matches)
    if (selection.isOn()) selection.refresh()
  })
  startKeys(viewer, use, requests.find)

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

  startMenu({
    "open-connect": () => openConnect(currentKey()),
    "open-usage": () => void openUsage(currentKey()),
    "open-invite": () => openInvite(currentKey()),
    "open-keys": showKeys
  })

  byId("preview-notice", HTMLElement).hidden = !service.preview
  byId("not-kept", HTMLElement).hidden = gallery.lasting
  const kept = await gallery.all().catch(() => [])
  byId("welcome", HTMLElement).hidden = kept.length > 0
  runs.resumeAll()
  listenToTabs(async ({ id, type }) => {
    const shown = requests.find(id)
    if (type === "removed" && shown) requests.remove([shown])
    const added = type === "added" && (await gallery.get(id))
    if (added) requests.show(added)
  })
  for (const [place, image] of kept.entries()) {
    // Those in view first; nothing waits for what is far below.
    if (place % atOnce === atOnce - 1) await new Promise((resolve) => setTimeout(resolve))
    requests.show(image)
  }
}

/** Pictures that are put into the page before it is shown. */
const atOnce = 100

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
