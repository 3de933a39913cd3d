// A card answers in the browser: the key follows from the code, the answer is signed here, and the code is
// left out of what is sent. A browser that cannot sign sends the form as it is.

const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
const POINTS = { very_satisfied: 5, satisfied: 4, neutral: 3, dissatisfied: 2, very_dissatisfied: 1 }
const SCHEME = 'gongzhi-survey/v1'
/** What stands before the seed of an Ed25519 key in PKCS 8. */
const PKCS8 = [0x30, 0x2e, 0x02, 0x01, 0x00, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x70, 0x04, 0x22, 0x04, 0x20]

const form = document.querySelector('form[data-survey]')
if (form) start(form)
// The next card, scanned into the same tab: the address differs behind the # alone, so nothing is loaded.
addEventListener('hashchange', () => {
  if (form) fill(form.elements.code)
  else location.replace(`${location.pathname}?next${location.hash}`)
})

async function start (form) {
  const code = form.elements.code
  fill(code)
  if (!(await canSign())) return
  form.querySelector('[data-survey-typed]').hidden = true
  form.querySelector('[data-survey-signed]').hidden = false
  form.dataset.questions.split(',').forEach((name) => { form.elements[name][0].required = true })
  let isSending = false
  code.addEventListener('input', () => code.setCustomValidity(''))
  form.addEventListener('submit', async (event) => {
    event.preventDefault()
    if (isSending) return
    const secret = await secretOf(code.value)
    // The sentence comes with the page; a misread code stays here as well.
    code.setCustomValidity(secret ? '' : form.dataset.misread)
    if (!form.reportValidity()) return
    isSending = true
    await sign(form, secret)
    code.disabled = true
    form.submit()
  })
}

/** Fills in the code that the address carries; it goes into no history and no bookmark. */
function fill (code) {
  const carried = decodeURIComponent(location.hash.slice(1))
  if (!carried) return
  code.value = carried.replace(/[-\s]/g, '').replace(/(.{4})(?=.)/g, '$1-')
  history.replaceState(null, '', location.pathname + location.search)
}

/** The sixteen bytes of a code; nothing when it is not 28 characters of the alphabet, or one is wrong. */
async function secretOf (typed) {
  const text = typed.toUpperCase().replace(/[\s－—–-]/g, '').replace(/O/g, '0').replace(/[IL]/g, '1')
  const values = [...text].map((character) => ALPHABET.indexOf(character))
  if (values.length !== 28 || values.includes(-1)) return null
  const whole = values.reduce((sum, value) => sum << 5n | BigInt(value), 0n)
  const secret = Array.from({ length: 16 }, (_, at) => Number(whole >> BigInt(8 * (15 - at) + 12) & 0xffn))
  const head = [...new TextEncoder().encode('gongzhi-card/v1\n')]
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', Uint8Array.from([...head, ...secret])))
  return (digest[0] << 4 | digest[1] >> 4) === Number(whole & 0xfffn) ? Uint8Array.from(secret) : null
}

async function canSign () {
  try {
    const usages = ['sign', 'verify']
    return Boolean(await crypto.subtle.generateKey({ name: 'Ed25519' }, false, usages))
  } catch {
    return false
  }
}

async function sign (form, secret) {
  const contract = form.dataset.survey
  const utf8 = (text) => new TextEncoder().encode(text)
  const base = await crypto.subtle.importKey('raw', secret, 'HKDF', false, ['deriveBits'])
  const derived = { name: 'HKDF', hash: 'SHA-256', salt: new Uint8Array(), info: utf8(`${SCHEME}|${contract}`) }
  const seed = new Uint8Array(await crypto.subtle.deriveBits(derived, base, 256))
  const key = await crypto.subtle.importKey('pkcs8', Uint8Array.from([...PKCS8, ...seed]), { name: 'Ed25519' }, true, ['sign'])
  const { x } = await crypto.subtle.exportKey('jwk', key)
  const nonce = hex(crypto.getRandomValues(new Uint8Array(16)))
  const answers = { is_proxy: Number(form.elements.is_proxy.checked) }
  form.dataset.questions.split(',').forEach((name) => { answers[name] = POINTS[form.elements[name].value] })
  const message = canonical({ answers, contract, nonce, v: SCHEME })
  const signature = await crypto.subtle.sign('Ed25519', key, utf8(message))
  form.elements.public_key.value = hex(Uint8Array.from(atob(x.replace(/-/g, '+').replace(/_/g, '/')), (c) => c.charCodeAt(0)))
  form.elements.nonce.value = nonce
  form.elements.signature.value = hex(new Uint8Array(signature))
}

/** Canonical JSON of what we sign: sorted keys, whole numbers, plain text. */
function canonical (value) {
  if (typeof value !== 'object') return JSON.stringify(value)
  return `{${Object.keys(value).sort().map((key) => `${JSON.stringify(key)}:${canonical(value[key])}`).join(',')}}`
}

function hex (bytes) {
  return [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('')
}
