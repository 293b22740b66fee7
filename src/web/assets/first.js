// Runs before the first paint: style rules that wait for scripts apply at once, and nothing jumps.
document.documentElement.classList.add('js-enabled', 'has-scripts')
if ('noModule' in HTMLScriptElement.prototype)
  document.documentElement.classList.add('govuk-frontend-supported')
