// The emoji that business messages use, by their short names.

const NAMES = {
  "+1": "👍", thumbsup: "👍", "-1": "👎", thumbsdown: "👎", white_check_mark: "✅", heavy_check_mark: "✔️", ballot_box_with_check: "☑️",
  x: "❌", negative_squared_cross_mark: "❎", warning: "⚠️", rotating_light: "🚨", no_entry: "⛔", no_entry_sign: "🚫", octagonal_sign: "🛑",
  information_source: "ℹ️", question: "❓", exclamation: "❗", heavy_exclamation_mark: "❗", grey_question: "❔", bulb: "💡", mag: "🔍", mag_right: "🔎", bell: "🔔", no_bell: "🔕",
  hourglass: "⌛", hourglass_flowing_sand: "⏳", stopwatch: "⏱️", alarm_clock: "⏰", clock1: "🕐", calendar: "📅", date: "📅", spiral_calendar_pad: "🗓️",
  moneybag: "💰", purse: "👛", checkered_flag: "🏁", satellite_antenna: "📡", euro: "💶", dollar: "💵", money_with_wings: "💸", credit_card: "💳", receipt: "🧾", bank: "🏦", chart_with_upwards_trend: "📈", bar_chart: "📊",
  page_facing_up: "📄", page_with_curl: "📃", paperclip: "📎", pushpin: "📌", memo: "📝", pencil: "📝", pencil2: "✏️", clipboard: "📋", file_folder: "📁",
  open_file_folder: "📂", card_index_dividers: "🗂️", inbox_tray: "📥", outbox_tray: "📤", package: "📦", ledger: "📒", envelope: "✉️", email: "📧", incoming_envelope: "📨",
  construction: "🚧", link: "🔗", lock: "🔒", unlock: "🔓", key: "🔑", gear: "⚙️", wrench: "🔧", hammer_and_wrench: "🛠️", recycle: "♻️", arrows_counterclockwise: "🔄",
  repeat: "🔁", arrow_right: "➡️", arrow_left: "⬅️", arrow_up: "⬆️", arrow_down: "⬇️", arrow_forward: "▶️", leftwards_arrow_with_hook: "↩️", heavy_plus_sign: "➕",
  heavy_minus_sign: "➖", point_right: "👉", point_up: "☝️", wave: "👋", tada: "🎉", confetti_ball: "🎊", rocket: "🚀", sparkles: "✨", star: "⭐", fire: "🔥",
  eyes: "👀", pray: "🙏", clap: "👏", muscle: "💪", raised_hands: "🙌", ok_hand: "👌", handshake: "🤝", heart: "❤️", green_heart: "💚", blue_heart: "💙",
  smile: "😄", slightly_smiling_face: "🙂", thinking_face: "🤔", sweat_smile: "😅", joy: "😂", cry: "😢", tired_face: "😫", zzz: "💤", robot_face: "🤖",
  red_circle: "🔴", large_orange_circle: "🟠", large_yellow_circle: "🟡", large_green_circle: "🟢", large_blue_circle: "🔵", white_circle: "⚪", black_circle: "⚫",
  large_green_square: "🟩", large_yellow_square: "🟨", large_red_square: "🟥", small_blue_diamond: "🔹", small_orange_diamond: "🔸", beach_with_umbrella: "🏖️",
  palm_tree: "🌴", airplane: "✈️", train: "🚆", car: "🚗", taxi: "🚕", hotel: "🏨", coffee: "☕", fork_and_knife: "🍴", house: "🏠", office: "🏢", bust_in_silhouette: "👤",
  busts_in_silhouette: "👥", speech_balloon: "💬", loudspeaker: "📢", mega: "📣", world_map: "🗺️", globe_with_meridians: "🌐", "flag-fi": "🇫🇮", "flag-se": "🇸🇪", "flag-gb": "🇬🇧",
};

export const emoji = (name) => NAMES[name.split("::")[0]] ?? `:${name}:`;

/** Short names inside a plain text replaced, unknown ones left as they are. */
export const withEmoji = (text) => text.replace(/:([a-z0-9_+'-]+):/g, (whole, name) => NAMES[name] ?? whole);
