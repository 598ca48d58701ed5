import type { Messages } from "./Messages.ts"

export const zhCn: Messages = {
  originalPrompt: "原始提示词",
  promptModel: "提示词生成模型",
  optimizedPrompt: "优化后的提示词",
  imageSize: "图像规格",
  seed: "种子",
  noPromptModel: "原始提示词",
  imageGenerated: "图像生成成功！",
  hereIsTheResult: "以下是结果：",
  imageAlt: "生成的图像",
  preview: "这是预览图，并非由 Flux 绘制。添加 Cloudflare 凭据后即可生成真正的图像。",
  optimizationFailed: {
    not_configured: "未配置提示词优化",
    timeout: "提示词优化超时",
    refused: "提示词生成模型拒绝了请求",
    unavailable: "提示词生成模型不可用",
    unusable_answer: "提示词生成模型的回答无法使用"
  },
  sizeAdapted: (wanted, drawn) => `当前配置的模型不支持 ${wanted}，已改为 ${drawn}。`,
  seedIgnored: "已忽略种子：当前配置的模型不支持种子。",
  stepsIgnored: (steps, maximum) =>
    maximum === undefined
      ? `已忽略步数 ${steps}：该模型不支持设置步数。`
      : `已忽略步数 ${steps}：该模型最多支持 ${maximum} 步。`,
  storageFailed: "图像未能存储到服务器，因此直接附在此处，请立即保存。",
  imageFailed: (number, of) => `第 ${number} 张图像（共 ${of} 张）生成失败：`,
  generationFailed: "图像生成失败："
}
