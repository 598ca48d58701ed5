import type { Messages } from "./Messages.ts"

export const zhHant: Messages = {
  originalPrompt: "原始提示詞",
  promptModel: "提示詞生成模型",
  optimizedPrompt: "優化後的提示詞",
  imageSize: "圖片規格",
  seed: "種子",
  noPromptModel: "原始提示詞",
  imageGenerated: "圖片生成成功！",
  hereIsTheResult: "以下是結果：",
  imageAlt: "生成的圖片",
  preview: "這是預覽圖，並非由 Flux 繪製。加入 Cloudflare 憑證後即可生成真正的圖片。",
  optimizationFailed: {
    not_configured: "尚未設定提示詞優化",
    timeout: "提示詞優化逾時",
    refused: "提示詞生成模型拒絕了請求",
    unavailable: "提示詞生成模型無法使用",
    unusable_answer: "無法採用提示詞生成模型的回覆"
  },
  sizeAdapted: (wanted, drawn) => `目前設定的模型不支援 ${wanted}，已改為 ${drawn}。`,
  seedIgnored: "已忽略種子：目前設定的模型不支援種子。",
  stepsIgnored: (steps, maximum) =>
    maximum === undefined
      ? `已忽略步數 ${steps}：此模型不支援設定步數。`
      : `已忽略步數 ${steps}：此模型最多支援 ${maximum} 步。`,
  storageFailed: "圖片無法存放到伺服器，因此直接附在這裡，請立即儲存。",
  imageFailed: (number, of) => `第 ${number} 張圖片（共 ${of} 張）生成失敗：`,
  generationFailed: "圖片生成失敗："
}
