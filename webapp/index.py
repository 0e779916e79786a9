"""The page around the app: language, theme before the first paint, nonce for added styles."""

from __future__ import annotations

from typing import Any

from dash import Dash

from webapp.security.headers import nonce

INDEX = """<!DOCTYPE html>
<html lang="en" data-bs-theme="light">
  <head>
    {%metas%}
    <title>{%title%}</title>
    <link rel="icon" type="image/svg+xml" href="/assets/favicon.svg">
    {%css%}
  </head>
  <body>
    <noscript>Silent Churn needs JavaScript.</noscript>
    {%app_entry%}
    <footer>
      {%config%}
      {%scripts%}
      {%renderer%}
    </footer>
  </body>
</html>"""

#: Libraries add style elements at run time; under the policy each needs the nonce. The same
#: script sets the theme, so that a dark page never flashes white.
_SHIM = """<script nonce="%s">(()=>{
const nonce=document.currentScript.nonce,create=Document.prototype.createElement;
Document.prototype.createElement=function(tag,options){
const made=create.call(this,tag,options);
if(made instanceof HTMLStyleElement)made.nonce=nonce;
return made};
let theme=null;try{theme=JSON.parse(localStorage.getItem("shell-theme"))}catch{}
const dark=theme?theme==="dark":matchMedia("(prefers-color-scheme: dark)").matches;
document.documentElement.dataset.bsTheme=dark?"dark":"light"})()</script>"""


class ChurnDash(Dash):
    """Dash with the house's page around it."""

    def interpolate_index(self, metas: str = "", **parts: Any) -> str:  # type: ignore[override]
        """Put the shim before everything else in the head."""
        page = super().interpolate_index(metas=(_SHIM % nonce()) + metas, **parts)  # type: ignore[no-untyped-call]
        return str(page)
