package io.weir.alert;

import io.weir.alert.Notification.Kind;
import io.weir.config.Settings;
import io.weir.export.Sent;
import io.weir.outbound.DestinationKeys;
import io.weir.outbound.HttpAnswer;
import io.weir.outbound.HttpPost;
import io.weir.outbound.HttpSettings;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/** Any other service that takes JSON or forms: what is posted is configured. */
final class TemplatePosts implements Posts {
    private static final Pattern FIELD = Pattern.compile("[A-Za-z0-9!#$%&'*+.^_`|~-]+");
    private static final Pattern VALUE = Pattern.compile("[\\x20-\\x7e]*");
    private static final Pattern REFERENCE = Pattern.compile("(.* )?((?:env|file):\\S+)");

    private static final Pattern SECRET =
            Pattern.compile("authorization|proxy-authorization|cookie|.*(key|token|secret|pass).*");

    /** What HTTP itself needs. */
    private static final Set<String> TAKEN =
            Set.of("host", "content-length", "transfer-encoding", "connection", "content-encoding");

    private static final List<String> KINDS =
            Arrays.stream(Kind.values()).filter(kind -> kind != Kind.TEST).map(Kind::word).toList();

    private final Form usual;
    private final Form resolved;
    private final Map<String, String> fields;
    private final Set<String> on;
    private final boolean exact;

    private TemplatePosts(
            Form usual, Form resolved, Map<String, String> fields, Set<String> on, boolean exact) {
        this.usual = usual;
        this.resolved = resolved;
        this.fields = fields;
        this.on = on;
        this.exact = exact;
    }

    /** Where something is posted to, and what. */
    private record Form(TemplateUrl url, TemplateBody body) {}

    static ChannelKinds.Opening opening(DestinationKeys keys) {
        Settings its = keys.settings();
        Optional<TemplateUrl> url = url(keys, "url", "to post to");
        Optional<TemplateBody> body = body(keys, "");
        if (url.isEmpty() || body.isEmpty()) {
            throw keys.wrong("give url, and body, a JSON document, or form");
        }
        Form usual = new Form(url.get(), body.get());
        Form resolved =
                new Form(
                        url(keys, "resolved.url", "to post to when it is over").orElse(usual.url()),
                        body(keys, "resolved.").orElse(usual.body()));
        if (!resolved.url().server().equals(usual.url().server())) {
            throw keys.wrong("resolved.url leads to another server than url: make it a channel");
        }
        List<String> on = its.someOf("on", KINDS, KINDS, "what it is told of, beside tests");
        boolean exact = its.flag("exact", false, "whether words are put in as they are");
        Map<String, String> fields = fields(keys);
        HttpSettings http = keys.reaching(usual.url().example(), false);
        PostingChannel.check(keys, keys.reaching(resolved.url().example(), false));
        return PostingChannel.opening(
                keys, http, new TemplatePosts(usual, resolved, fields, Set.copyOf(on), exact));
    }

    @Override
    public Optional<HttpPost> post(Notification notification, String path) {
        Kind kind = notification.kind();
        if (kind != Kind.TEST && !on.contains(kind.word())) {
            return Optional.empty();
        }
        TemplateValues values = new TemplateValues(notification, exact);
        Form form = kind == Kind.RESOLVED ? resolved : usual;
        Map<String, String> head = new HashMap<>(fields);
        head.putIfAbsent("content-type", form.body().contentType());
        return Optional.of(
                new HttpPost(form.url().filled(values::of), head, form.body().filled(values::of)));
    }

    @Override
    public Sent sent(HttpAnswer answer) {
        return Sent.of(answer, "The service", "headers and url");
    }

    private static Optional<TemplateUrl> url(DestinationKeys keys, String key, String meaning) {
        return Optional.ofNullable(keys.settings().textOrNull(key, meaning))
                .map(text -> keys.revealed(key, text))
                .map(text -> keys.made(() -> TemplateUrl.of(text)));
    }

    private static Optional<TemplateBody> body(DestinationKeys keys, String prefix) {
        JsonNode document = keys.settings().tree(prefix + "body", "a JSON document");
        JsonNode form = keys.settings().tree(prefix + "form", "a form instead");
        if (!document.isMissingNode() && !form.isMissingNode()) {
            throw keys.wrong("%sbody and %sform: give one of them".formatted(prefix, prefix));
        }
        if (!document.isMissingNode()) {
            return Optional.of(keys.made(() -> TemplateBody.Document.of(document)));
        }
        return form.isMissingNode()
                ? Optional.empty()
                : Optional.of(keys.made(() -> TemplateBody.Form.of(form)));
    }

    private static Map<String, String> fields(DestinationKeys keys) {
        return keys.settings().textsByName("headers", "fields of the head").entrySet().stream()
                .collect(
                        Collectors.toMap(
                                field -> name(keys, field.getKey()),
                                field -> value(keys, field.getKey(), field.getValue())));
    }

    private static String name(DestinationKeys keys, String name) {
        if (!FIELD.matcher(name).matches() || TAKEN.contains(name)) {
            throw keys.wrong("headers: '%s' cannot be given".formatted(name));
        }
        return name.toLowerCase(Locale.ROOT);
    }

    /** A value whose last word may refer to a secret. */
    private static String value(DestinationKeys keys, String name, String written) {
        if (!VALUE.matcher(written).matches() || written.contains("{{")) {
            throw keys.wrong("headers: %s has plain characters only, and no {{".formatted(name));
        }
        Matcher reference = REFERENCE.matcher(written);
        if (reference.matches()) {
            String before = reference.group(1) == null ? "" : reference.group(1);
            return before + keys.revealed("headers." + name, reference.group(2));
        }
        if (SECRET.matcher(name).matches()) {
            throw keys.wrong(
                    "headers: %s is a secret: give a reference as its last word, as 'Bearer env:NAME'"
                            .formatted(name));
        }
        return written;
    }
}
