package io.weir.web;

import gg.jte.Content;
import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.output.StringOutput;
import java.util.Map;

/** Renders templates, which were compiled with the code; every text in them is escaped. */
final class Templates {
    private static final String PACKAGE = "io.weir.web";

    private final TemplateEngine engine =
            TemplateEngine.createPrecompiled(
                    null, ContentType.Html, Templates.class.getClassLoader(), PACKAGE);

    /** The whole page: the view, in its frame. */
    String page(Frame frame, Answer.View view) {
        Content content =
                out -> engine.render(view.template() + ".jte", Map.of("model", view.model()), out);
        StringOutput out = new StringOutput();
        engine.render("layout.jte", Map.of("frame", frame, "content", content), out);
        return out.toString();
    }
}
