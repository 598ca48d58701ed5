import type { Messages } from "./Messages.ts"
import type { PageMessages } from "./PageMessages.ts"

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
    preview: "プレビューではプロンプト生成モデルを使用しません",
    edit: "画像の変更指示はそのまま使用されます",
    timeout: "プロンプトの最適化がタイムアウトしました",
    refused: "プロンプト生成モデルに拒否されました",
    unavailable: "プロンプト生成モデルを利用できません",
    quota: "本日のニューロンを使い切りました",
    retired: "Workers AI はこのプロンプト生成モデルを提供していません",
    not_allowed: "この Cloudflare アカウントではプロンプト生成モデルを使用できません",
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
  generationFailed: "画像を生成できませんでした：",
  errors: {
    promptRefused:
      "モデルのコンテンツフィルターがこのプロンプトを拒否しました。無害なものも拒否されることがあります。別の言い方をお試しください。",
    inputRefused: "モデルのコンテンツフィルターが入力画像を拒否しました。別の画像を送ってください。",
    outputRefused: "モデルのコンテンツフィルターが生成された画像を拒否しました。プロンプトか入力画像を変えてください。",
    rateLimited: "現在リクエストが多すぎます。少し待ってからもう一度お試しください。",
    quotaExceeded: (time) => `Cloudflare アカウントの本日の無料ニューロンを使い切りました。${time} に更新されます。`,
    misconfigured: (variable) => `このサービスの設定 ${variable} がないか、誤っています。管理者に連絡してください。`,
    upstreamFailed: "Workers AI でエラーが発生しました。後でもう一度お試しください。",
    upstreamTimeout: "Workers AI から時間内に応答がありませんでした。後でもう一度お試しください。",
    interrupted: "生成が中断されました。もう一度始めてください。",
    cancelled: "生成はキャンセルされました。",
    notReady: "現在この結果を取得できません。1分ほどしてからもう一度お試しください。"
  }
}

export const pageMessages: PageMessages = {
  tagline: "絵を描く場所",
  addKey: "API キーを入力",
  changeKey: "API キー",
  previewNotice:
    "プレビュー：この画像は Flux ではなく Worker 自身が描いています。実際の画像を生成するには Cloudflare の認証情報を設定してください。",
  prompt: "プロンプト",
  promptExample: "夕暮れの灯台、油絵",
  inputPicture: "編集する画像",
  inputPictureHint: "編集する画像をドロップするか貼り付けるか、",
  choosePicture: "ファイルを選択",
  removePicture: "画像を外す",
  ratio: "縦横比",
  automatic: "自動",
  model: "モデル",
  number: "枚数",
  seed: "シード値",
  randomSeed: "ランダム",
  optimize: "プロンプトを改善",
  optimizeHint: "描く前にチャットモデルが細部を補います。",
  optimizeUnavailable: "このサービスでは設定されていません。",
  draw: "描く",
  cancel: "キャンセル",
  stages: {
    sent: "送信済み",
    opened: "受付済み",
    drawing: "描画中",
    picture: (number, of) => `${of} 枚中 ${number} 枚目`,
    done: "完了",
    cancelled: "キャンセルしました"
  },
  neurons: (count) => `約 ${count} ニューロン`,
  pictures: "画像",
  noPictures: "描いた画像はここに表示され、このブラウザーに残ります。",
  notKept: "このブラウザーにはデータを保存できません。ページを離れる前に画像をダウンロードしてください。",
  linkUntil: (time) => `リンクの有効期限：${time}`,
  linkExpired: "リンクは期限切れです。画像はこのブラウザーに保存されています。",
  linkMissing: "リンクはありません。画像はこのブラウザーに保存されています。",
  drawnPrompt: "改善後のプロンプト",
  copy: "コピー",
  link: "リンク",
  copied: "コピーしました",
  copyFailed: "ブラウザーがコピーを許可しませんでした。",
  download: "ダウンロード",
  redraw: "もう一度描く",
  edit: "この画像を編集",
  remove: "削除",
  enlarge: "拡大",
  close: "閉じる",
  apiKey: "API キー",
  keyHint: "Worker の API_KEY の値です。入力は一度だけで、キーはこのブラウザーだけに保存されます。",
  save: "保存",
  forget: "キーを削除",
  failed: "うまくいきませんでした",
  tryAgain: "再試行",
  requestId: "リクエスト",
  advice: {
    key: "このキーは登録されていません。API_KEY に設定したキーを入力してください。",
    quota:
      "本日の無料ニューロンを使い切りました。00:00 UTC 以降に再度お試しいただくか、Workers Paid プランに切り替えてください。",
    rate: (seconds) => `リクエストが集中しています。${seconds} 秒後にもう一度お試しください。`,
    policy: "モデルのフィルターに拒否されました。無害な内容でも拒否されることがあるため、別の言葉で表現してください。",
    configuration: (variable) =>
      `Worker の設定に問題があります${variable && `（${variable}）`}。修正してからページを再読み込みしてください。`,
    tooLarge: "画像が大きすぎます。小さい画像を選んでください。",
    model: "このサービスにそのモデルはありません。別のモデルを選んでください。",
    request: "示された箇所を変更して、もう一度描いてください。",
    upstream: "Workers AI でエラーが発生しました。少し待ってから再試行してください。詳細は Worker のログにあります。",
    timeout: "Workers AI の応答に時間がかかりすぎました。枚数やサイズを減らし、後でお試しください。",
    network: "接続が切れました。ネットワークを確認して再試行してください。",
    unreadablePicture: "このファイルは画像として読み込めません。JPEG、PNG、WebP を使ってください。"
  },
  setupTitle: "あと少しです",
  setupIntro: "サービスは動作しています。描けるようにするには、次を設定してください：",
  settings: {
    API_KEY: "描く人全員が使うキーです。長いランダムな文字列にしてください。",
    FLUX_CF_KV: "画像を保存する KV 名前空間です。wrangler でデプロイすると作成されます。",
    AI: "API トークンなしで描く Workers AI です。",
    CF_ACCOUNT_ID: "描画に使う Cloudflare アカウントの ID です。Workers の概要ページにあります。",
    CF_API_TOKEN: "Workers AI を利用できる Cloudflare の API トークンです。"
  },
  settingWrong: "値を使用できません：",
  setupCommand: "ターミナルで、プロジェクトのフォルダーから：",
  setupDashboard:
    "または Cloudflare ダッシュボードで：Worker の Settings、Variables and Secrets。ローカルでは .dev.vars に書きます。",
  setupBinding:
    "Cloudflare ダッシュボードで：Worker の Settings、Bindings で、この名前のまま追加。またはターミナルで：",
  checkAgain: "もう一度確認",
  baseAddress: "OpenAI 互換プログラム用のベースアドレス",
  apiDescription: "API の説明"
}
