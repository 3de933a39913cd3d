// Start of the page's scripts: switches on the enhancements. Pages work without this file.
import { initAll } from './govuk.mjs'
import { enhance } from './app.mjs'
import { wordsOf } from './words.mjs'

const components = ['characterCount', 'accordion', 'passwordInput', 'fileUpload']
document.body.classList.add('js-enabled', 'govuk-frontend-supported')
// In English the browser's own file control says enough, and its name matches what is seen.
if (document.documentElement.lang.startsWith('en')) document.querySelectorAll('[data-module="govuk-file-upload"]').forEach((one) => one.removeAttribute('data-module'))
initAll(Object.fromEntries(components.map((one) => [one, { i18n: wordsOf(one) }])))
enhance(document)
