package io.weir.it;

import java.util.List;

/**
 * Texts that do harm where a page, a stream of events or a spreadsheet takes them for its own. One
 * that runs sets {@code window.__xss} or opens a dialog.
 */
final class HostileTexts {
    private HostileTexts() {}

    /** Markup that runs something. */
    private static final List<String> MARKUP =
            List.of(
                    "<script>window.__xss=1</script>",
                    "<ScRiPt src=\"http://127.0.0.1:9/x.js\"></sCrIpT>",
                    "</script><script>window.__xss=1</script>",
                    "<script>window.__xss=1//",
                    "<scr<script>ipt>window.__xss=1</scr</script>ipt>",
                    "<img src=x onerror=window.__xss=1>",
                    "<img src=\"http://127.0.0.1:9/pixel.png\">",
                    "<image/src/onerror=window.__xss=1>",
                    "<svg onload=window.__xss=1>",
                    "<svg><script>window.__xss=1</script></svg>",
                    "<svg><animate onbegin=window.__xss=1 attributeName=x dur=1s>",
                    "<svg><a xlink:href=\"javascript:window.__xss=1\"><text y=9>x</text></a></svg>",
                    "<math><mtext></form><form><mglyph><style></math><img src onerror=window.__xss=1>",
                    "<iframe src=\"javascript:parent.__xss=1\"></iframe>",
                    "<iframe srcdoc=\"<script>parent.__xss=1</script>\"></iframe>",
                    "<object data=\"javascript:window.__xss=1\"></object>",
                    "<embed src=\"data:text/html,<script>alert(1)</script>\">",
                    "<details open ontoggle=window.__xss=1>",
                    "<input autofocus onfocus=window.__xss=1>",
                    "<video><source onerror=window.__xss=1></video>",
                    "<body onload=window.__xss=1>",
                    "<form action=\"javascript:window.__xss=1\"><button>Go on</button></form>",
                    "<meta http-equiv=refresh content=\"0;url=http://127.0.0.1:9/\">",
                    "<base href=\"http://127.0.0.1:9/\">",
                    "<link rel=stylesheet href=\"http://127.0.0.1:9/x.css\">",
                    "<style>@import 'http://127.0.0.1:9/x.css';</style>",
                    "<template><script>window.__xss=1</script></template>",
                    "<noscript><p title=\"</noscript><img src onerror=window.__xss=1>\">",
                    "<a href=\"javascript:window.__xss=1\">Look</a>",
                    "<div hx-get=\"http://127.0.0.1:9/\" hx-trigger=load></div>",
                    "<div hx-on::load=\"window.__xss=1\" data-hx-get=/logout></div>");

    /** What leaves an attribute, a comment, a script's text or JSON. */
    private static final List<String> BREAKERS =
            List.of(
                    "\"><img src=x onerror=window.__xss=1>",
                    "' onmouseover='window.__xss=1' autofocus onfocus='window.__xss=1",
                    "\" autofocus onfocus=\"window.__xss=1",
                    "` onfocus=window.__xss=1 autofocus `",
                    "--><script>window.__xss=1</script>",
                    "]]><script>window.__xss=1</script>",
                    "</textarea></title></style><svg onload=window.__xss=1>",
                    "\\\"}]};window.__xss=1;//",
                    "\"-(window.__xss=1)-\"",
                    "&lt;script&gt;window.__xss=1&lt;/script&gt;",
                    "&#x22;&#62;&#x3c;svg/onload=window.__xss=1&#x3e;");

    /** Addresses and templates. */
    private static final List<String> WORDS =
            List.of(
                    "javascript:window.__xss=1",
                    "JaVaScRiPt://%0awindow.__xss=1",
                    "data:text/html,<script>alert(1)</script>",
                    "//127.0.0.1:9/elsewhere",
                    "../../../../etc/passwd",
                    "${window.__xss=1}",
                    "${7*7} @raw @endraw !{var x = 1;} $unsafe{x}",
                    "{{constructor.constructor('window.__xss=1')()}}",
                    "<%= 7*7 %> #{7*7} *{7*7}",
                    "'; DROP TABLE calls; --");

    /** Characters that deceive: reversed, invisible, wide, cut. */
    private static final List<String> CHARACTERS =
            List.of(
                    "\uff1cscript\uff1ewindow.__xss=1\uff1c/script\uff1e",
                    "gpt-4o\u202egnp.exe",
                    "\u2028window.__xss=1\u2029",
                    "+ADw-script+AD4-window.__xss=1+ADw-/script+AD4-",
                    "e\u0301\u200b\u200d\ufeff\ud83d\udc69\u200d\ud83d\udcbb",
                    "\ud83d\ude00".repeat(60));

    /** What ends an event of a stream early, or a line of a header. */
    private static final List<String> LINES =
            List.of(
                    "x\n\ndata: {\"html\":\"<img src onerror=window.__xss=1>\"}\n\n",
                    "x\r\nevent: call\r\ndata: <script>window.__xss=1</script>\r\n\r\n",
                    "x\r\nset-cookie: weir_session=stolen\r\n\r\n<script>window.__xss=1</script>");

    /** What a spreadsheet computes. */
    private static final List<String> FORMULAS =
            List.of(
                    "=HYPERLINK(\"http://127.0.0.1:9/\",\"Look\")",
                    "+1+cmd|' /C calc'!A0",
                    "-2+3+cmd|' /C calc'!A0",
                    "@SUM(1+9)*cmd|' /C calc'!A0",
                    "\t=1+1");

    /** All of them. */
    static List<String> all() {
        return List.of(MARKUP, BREAKERS, WORDS, CHARACTERS, LINES, FORMULAS).stream()
                .flatMap(List::stream)
                .toList();
    }
}
