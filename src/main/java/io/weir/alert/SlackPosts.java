package io.weir.alert;

import io.weir.export.Sent;
import io.weir.outbound.DestinationKeys;
import io.weir.outbound.HttpAnswer;
import io.weir.outbound.HttpPost;
import io.weir.wire.Json;
import io.weir.wire.Secret;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * An incoming webhook of Slack, or of what speaks its protocol, Mattermost and Rocket.Chat for
 * instance, which show the text and not the blocks. Its URL is its secret.
 */
record SlackPosts() implements Posts {
    private static final Map<String, String> FIELDS = Map.of("content-type", "application/json");

    /** What Slack says of a message that it will never take. */
    private static final List<String> OF_THE_MESSAGE =
            List.of(
                    "invalid_payload",
                    "invalid_blocks",
                    "invalid_blocks_format",
                    "invalid_attachments",
                    "too_many_attachments",
                    "msg_too_long",
                    "no_text",
                    "missing_text_or_fallback_or_attachments");

    /** What it says of a webhook that somebody has to look after. */
    private static final List<String> OF_THE_WEBHOOK =
            List.of(
                    "user_not_found",
                    "invalid_token",
                    "action_prohibited",
                    "posting_to_general_channel_denied",
                    "channel_not_found",
                    "channel_is_archived",
                    "no_service",
                    "no_service_id",
                    "no_team",
                    "no_active_hooks",
                    "team_disabled");

    static ChannelKinds.Opening opening(DestinationKeys keys) {
        Secret url = keys.secret("url", "the incoming webhook's URL, which is a secret");
        return PostingChannel.opening(keys, keys.reaching(url.reveal(), false), new SlackPosts());
    }

    @Override
    public Optional<HttpPost> post(Notification notification, String path) {
        NotificationText words = NotificationText.of(notification);
        String title = sign(notification) + " *" + escaped(words.title()) + "*";
        List<String> lines = words.lines().stream().map(SlackPosts::escaped).toList();
        ObjectNode message = Json.MAPPER.createObjectNode();
        message.put("text", text(title, lines, notification));
        message.put("unfurl_links", false);
        message.put("unfurl_media", false);
        ArrayNode blocks = message.putArray("blocks");
        blocks.add(section(title));
        lines.forEach(line -> blocks.add(section(line)));
        link(notification, "<%s|%s>").ifPresent(link -> blocks.add(section(link)));
        return Optional.of(new HttpPost(path, FIELDS, NotificationJson.bytes(message)));
    }

    @Override
    public Sent sent(HttpAnswer answer) {
        String said = new String(answer.body(), StandardCharsets.UTF_8).strip();
        if (answer.status() == 200) {
            return said.equals("ok") || answer.json().path("success").asBoolean(false)
                    ? Sent.DELIVERED
                    : new Sent.Failed(
                            "Slack answered 200 without its ok. Check that url is an incoming webhook's",
                            answer.retryAfter());
        }
        if (answer.status() == 413 || (answer.status() == 400 && OF_THE_MESSAGE.contains(said))) {
            return new Sent.Refused(
                    "Slack refused the message (status %d%s)"
                            .formatted(answer.status(), known(said, OF_THE_MESSAGE)));
        }
        String hint = OF_THE_WEBHOOK.contains(said) ? ". Check the webhook in Slack, and url" : "";
        return new Sent.Failed(
                "Slack answered %d%s%s"
                        .formatted(answer.status(), known(said, OF_THE_WEBHOOK), hint),
                answer.retryAfter());
    }

    private static String text(String title, List<String> lines, Notification notification) {
        String below = lines.isEmpty() ? "" : "\n" + String.join("\n", lines);
        return title + below + link(notification, "%s").map(link -> "\n" + link).orElse("");
    }

    /** A section each, because one takes 3,000 characters; a message takes 50 of them. */
    private static ObjectNode section(String text) {
        ObjectNode section = Json.MAPPER.createObjectNode();
        section.put("type", "section");
        section.putObject("text").put("type", "mrkdwn").put("text", text).put("verbatim", true);
        return section;
    }

    private static Optional<String> link(Notification notification, String form) {
        String word =
                notification.kind() == Notification.Kind.RESOLVED
                        ? "Look at it"
                        : "Look at it, and acknowledge";
        return Optional.ofNullable(notification.link())
                .map(link -> form.formatted(entities(link).replace("|", "%7C"), word));
    }

    private static String sign(Notification notification) {
        return switch (notification.kind()) {
            case RESOLVED -> "\u2705";
            case TEST -> "\ud83d\udd27";
            case OPENED, GROWN, REMINDER, ESCALATED ->
                    switch (notification.incident().severity()) {
                        case INFO -> "\ud83d\udd35";
                        case WARNING -> "\ud83d\udfe0";
                        case CRITICAL -> "\ud83d\udd34";
                    };
        };
    }

    private static String escaped(String line) {
        return entities(Defused.unformatted(line));
    }

    private static String entities(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }

    private static String known(String said, List<String> words) {
        return words.contains(said) ? ", " + said : "";
    }
}
