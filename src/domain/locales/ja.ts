import type { Messages } from "./Messages.ts"

export const ja: Messages = {
  originalPrompt: "元のプロンプト",
  promptModel: "プロンプト生成モデル",
  optimizedPrompt: "最適化後のプロンプト",
  imageSize: "画像サイズ",
  seed: "シード値",
  noPromptModel: "元のプロンプト",
  imageGenerated: "画像を生成しました！",
  hereIsTheResult: "結果はこちらです：",
  imageAlt: "生成された画像",
  preview:
    "これはプレビューで、Flux が描いた画像ではありません。Cloudflare の認証情報を設定すると、実際の画像を生成できます。",
  optimizationFailed: {
    not_configured: "プロンプトの最適化が設定されていません",
    timeout: "プロンプトの最適化がタイムアウトしました",
    refused: "プロンプト生成モデルに拒否されました",
    unavailable: "プロンプト生成モデルを利用できません",
    unusable_answer: "プロンプト生成モデルの応答を使用できませんでした"
  },
  sizeAdapted: (wanted, drawn) => `設定中のモデルは ${wanted} に対応していないため、${drawn} で生成します。`,
  seedIgnored: "設定中のモデルはシード値に対応していないため、指定を無視しました。",
  stepsIgnored: (steps, maximum) =>
    maximum === undefined
      ? `このモデルではステップ数を変更できないため、指定（${steps}）を無視しました。`
      : `このモデルのステップ数は最大 ${maximum} のため、指定（${steps}）を無視しました。`,
  storageFailed: "画像をサーバーに保存できなかったため、ここに直接埋め込みました。今すぐお手元に保存してください。",
  imageFailed: (number, of) => `${of} 枚中 ${number} 枚目の画像を生成できませんでした：`,
  generationFailed: "画像を生成できませんでした："
}
