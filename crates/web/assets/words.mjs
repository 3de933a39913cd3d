// The words that scripts show, by name. They stand in the message files; each page brings them in its language.

const place = document.getElementById('script-words')

/** Every word by its name; a page without words shows none. */
export const words = Object.fromEntries([...(place?.content.querySelectorAll('data') ?? [])].map((one) => [one.value, one.textContent]))

/** The words whose name begins with a component's, as that component takes them: names split at dots. */
export function wordsOf (component) {
  const taken = {}
  for (const [name, text] of Object.entries(words)) {
    const [of, part, form] = name.split('.')
    if (of !== component) continue
    if (form === undefined) taken[part] = text
    else (taken[part] ||= {})[form] = text
  }
  return taken
}
