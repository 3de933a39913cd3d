// Start of the page's scripts: switches on the enhancements. Pages work without this file.
import { initAll } from './govuk.mjs'
import { enhance } from './app.mjs'

const chinese = {
  characterCount: {
    charactersUnderLimit: { other: '还可以输入 %{count} 个字' },
    charactersAtLimit: '已达到字数上限',
    charactersOverLimit: { other: '超出 %{count} 个字' },
    wordsUnderLimit: { other: '还可以输入 %{count} 个词' },
    wordsAtLimit: '已达到词数上限',
    wordsOverLimit: { other: '超出 %{count} 个词' },
    textareaDescription: { other: '最多可输入 %{count} 个字' }
  },
  accordion: {
    hideAllSections: '全部收起', showAllSections: '全部展开',
    hideSection: '收起', hideSectionAriaLabel: '收起本节', showSection: '展开', showSectionAriaLabel: '展开本节'
  },
  passwordInput: {
    showPassword: '显示', hidePassword: '隐藏', showPasswordAriaLabel: '显示密码', hidePasswordAriaLabel: '隐藏密码',
    passwordShownAnnouncement: '密码已显示', passwordHiddenAnnouncement: '密码已隐藏'
  },
  fileUpload: {
    chooseFilesButton: '选择文件', dropInstruction: '或拖放到此处', noFileChosen: '未选择文件',
    multipleFilesChosen: { other: '已选择 %{count} 个文件' }, enteredDropZone: '进入拖放区', leftDropZone: '离开拖放区'
  }
}

const isChinese = document.documentElement.lang.startsWith('zh')
const words = isChinese ? chinese : {}
document.body.classList.add('js-enabled', 'govuk-frontend-supported')
const i18n = Object.fromEntries(Object.entries(words).map(([part, texts]) => [part, { i18n: texts }]))
// In English the browser's own file control says enough, and its name matches what is seen.
if (!isChinese) document.querySelectorAll('[data-module="govuk-file-upload"]').forEach((one) => one.removeAttribute('data-module'))
initAll(i18n)
enhance(document)
