package io.weir.alert;

import java.util.List;
import java.util.stream.Stream;

/** Names that users give to models and keys, and that try to do something where they are shown. */
final class Hostile {
    private static final List<String> NAMES =
            List.of(
                    "<!channel> <!here> <@U012345> <#C012345>",
                    "@channel @here @all @everyone",
                    "<https://evil.example/|click>",
                    "[click](https://evil.example/)",
                    "![img](https://evil.example/x.png)",
                    "https://evil.example/ www.evil.example evil.example",
                    "*bold* _italic_ ~gone~ `code` ```block```",
                    "<script>alert(1)</script><img src=x onerror=alert(1)>",
                    "\"}],\"channel\":\"#general\",\"x\":[{\"",
                    "a\r\nBcc: eve@evil.example\r\n\r\nbody",
                    "line\nbreak\u2028and\u2029paragraph\u0085next",
                    "{{incident.id}} {{link}}",
                    "\u202egnp.exe \u2066x\u2069 \u200b\ufeff",
                    "half \ud800 a surrogate",
                    "=?UTF-8?B?PGI+aGk8L2I+?=",
                    ".\r\n.\r\nMAIL FROM:<eve@evil.example>",
                    "| a | b |\n|---|---|",
                    "&lt;!here&gt; &amp;",
                    "\u0000\u0007\u001b[31m",
                    "x".repeat(100_000));

    private Hostile() {}

    static Stream<String> names() {
        return NAMES.stream();
    }
}
