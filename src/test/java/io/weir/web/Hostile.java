package io.weir.web;

import java.util.List;

/** Texts that become something else where they are not escaped. */
final class Hostile {
    static final List<String> TEXTS =
            List.of(
                    "<script>alert(1)</script>",
                    "\"><img src=x onerror=alert(1)>",
                    "'><svg/onload=alert(1)>",
                    "</title></table><style>*{display:none}</style>",
                    "\" autofocus onfocus=\"alert(1)",
                    "javascript:alert(1)",
                    "${7*7}{{7*7}}<%=7*7%>",
                    "<!--<![CDATA[<a href=\"javascript:alert(1)\">",
                    "&lt;script&gt;&#60;b&#62;",
                    "gpt\u202e4\u0000o <b>");

    private Hostile() {}
}
