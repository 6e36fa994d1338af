package io.weir.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.it.Message;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A page's tags, to ask what every page of the dashboard has to hold. */
final class Markup {
    private static final Set<String> VOID = Set.of("meta", "link", "input", "br");
    private static final Pattern TAG =
            Pattern.compile("<(/?)([A-Za-z!][^\\s>/]*)((?:[^>\"']|\"[^\"]*\"|'[^']*')*)>");
    private static final Pattern ATTRIBUTE =
            Pattern.compile("\\s([^\\s=>/]+)(?:=(?:\"([^\"]*)\"|'([^']*)'))?");

    private final String html;
    private final List<Tag> tags = new ArrayList<>();

    /** A start tag. */
    record Tag(String name, Map<String, String> attributes) {
        String attribute(String name) {
            return attributes.getOrDefault(name, "");
        }
    }

    /** A page that shows a hostile text, and is one as any other. */
    static void requireHarmless(Message page, String text) {
        assertThat(page.status()).as("%s: %s", text, page).isEqualTo(200);
        if (text.contains("<")) {
            assertThat(page.body()).doesNotContain(text);
        }
        Markup markup = new Markup(page.body());
        markup.holdsNoCodeAndNoStyle();
        markup.hasUniqueIds();
        markup.labelsEachField();
        markup.refersToWhatIsThere();
    }

    Markup(String html) {
        this.html = html;
        Deque<String> open = new ArrayDeque<>();
        Matcher matcher = TAG.matcher(html);
        while (matcher.find()) {
            String name = matcher.group(2);
            if (!matcher.group(1).isEmpty()) {
                assertThat(open.pop()).as("closed by </%s>", name).isEqualTo(name);
            } else {
                tags.add(new Tag(name, attributes(matcher.group(3))));
                boolean closed = matcher.group(3).endsWith("/") || VOID.contains(name);
                if (!closed && !name.startsWith("!")) {
                    open.push(name);
                }
            }
        }
        assertThat(open).as("left open").isEmpty();
    }

    void holdsNoCodeAndNoStyle() {
        for (Tag tag : tags) {
            assertThat(tag.attributes().keySet())
                    .as("attributes of %s", tag)
                    .noneMatch(name -> name.equals("style") || name.startsWith("on"));
            assertThat(tag.name()).isNotIn("style", "iframe", "object", "embed", "base", "img");
            assertThat(tag.attribute("href") + tag.attribute("action") + tag.attribute("src"))
                    .doesNotContainIgnoringCase("javascript:alert");
            if (tag.name().equals("script")) {
                assertThat(tag.attribute("src")).startsWith("/assets/");
            }
        }
        assertThat(html).doesNotContainPattern("<script[^>]*>[^<]");
    }

    void hasUniqueIds() {
        assertThat(tags.stream().map(tag -> tag.attribute("id")).filter(id -> !id.isEmpty()))
                .doesNotHaveDuplicates();
    }

    void labelsEachField() {
        List<String> labelled =
                tags.stream()
                        .filter(tag -> tag.name().equals("label"))
                        .map(tag -> tag.attribute("for"))
                        .toList();
        tags.stream()
                .filter(tag -> tag.name().equals("input") || tag.name().equals("select"))
                .filter(tag -> !tag.attribute("type").equals("hidden"))
                .forEach(tag ->
                        assertThat(
                                        labelled.contains(tag.attribute("id"))
                                                || !tag.attribute("aria-label").isEmpty())
                                .as("a label for %s", tag)
                                .isTrue());
    }

    void refersToWhatIsThere() {
        Set<String> ids = Set.copyOf(tags.stream().map(tag -> tag.attribute("id")).toList());
        tags.stream()
                .map(tag -> tag.attribute("aria-labelledby"))
                .filter(id -> !id.isEmpty())
                .forEach(id -> assertThat(ids).contains(id));
    }

    private static Map<String, String> attributes(String text) {
        Map<String, String> attributes = new LinkedHashMap<>();
        Matcher matcher = ATTRIBUTE.matcher(text);
        while (matcher.find()) {
            String value = matcher.group(2) == null ? matcher.group(3) : matcher.group(2);
            attributes.put(matcher.group(1), value == null ? "" : value);
        }
        return attributes;
    }
}
