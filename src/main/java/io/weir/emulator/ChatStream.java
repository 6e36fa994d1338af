package io.weir.emulator;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Writes {@code chat.completion.chunk} events. Usage as OpenAI: not a word of it unless {@code
 * stream_options.include_usage} asks; then a null in every chunk and a last chunk without choices.
 */
final class ChatStream {
    private static final byte[] DONE = "data: [DONE]\n\n".getBytes(StandardCharsets.UTF_8);

    private final Request request;
    private final Composed composed;
    private final List<Deltas> deltas;
    private final int longest;
    private final boolean withUsage;
    private final String head;

    ChatStream(Request request, Origin origin, Composed composed, Ids ids) {
        this.request = request;
        this.composed = composed;
        this.deltas = composed.turns().stream().map(turn -> Deltas.of(turn, ids)).toList();
        this.longest = deltas.stream().mapToInt(Deltas::size).max().orElse(0);
        boolean asked =
                request.body().path("stream_options").path("include_usage").booleanValue(false);
        this.withUsage = asked && request.quirk() != Quirk.NO_USAGE;
        this.head =
                ("data: {\"id\":\"%s\",\"object\":\"chat.completion.chunk\",\"created\":%d,"
                                + "\"model\":%s,\"service_tier\":%s,\"system_fingerprint\":\"%s\","
                                + "\"choices\":[")
                        .formatted(
                                origin.id(),
                                origin.created(),
                                JsonText.quoted(request.model()),
                                JsonText.quoted(Chat.tier(request.body())),
                                ChatJson.FINGERPRINT);
    }

    /** The stream. */
    Answer answer() {
        return new Answer.Streamed(
                new Rounds(longest + 2, this::round),
                composed.usage(),
                composed.thought(),
                SseError.chat());
    }

    private List<Answer.Event> round(int number) {
        List<Answer.Event> events = new ArrayList<>(deltas.size() + 2);
        for (int i = 0; i < deltas.size(); i++) {
            Deltas choice = deltas.get(i);
            if (number == 0) {
                events.add(chunk(i, choice.opening(), "null", "null", false));
            } else if (number <= choice.size()) {
                boolean paced = number > 1 && events.isEmpty();
                String logprobs =
                        ChatJson.logprobs(request, choice.tokens(number - 1)).orElse("null");
                events.add(chunk(i, choice.at(number - 1), logprobs, "null", paced));
            }
            // A choice says that it is over as soon as it is, whatever the others still have to
            // say.
            if (number == choice.size() + 1) {
                String reason = "\"" + composed.turns().get(i).finishReason() + "\"";
                events.add(chunk(i, "{}", "null", reason, false));
            }
        }
        if (number == longest + 1) {
            end(events);
        }
        return events;
    }

    private void end(List<Answer.Event> events) {
        if (withUsage) {
            String usage = JsonText.text(out -> UsageJson.chat(out, composed.usage()));
            events.add(event(head + "],\"usage\":" + usage + "}\n\n", false));
        }
        events.add(new Answer.Event(DONE, false));
    }

    private Answer.Event chunk(
            int index, String delta, String logprobs, String reason, boolean paced) {
        return event(
                head
                        + "{\"index\":"
                        + index
                        + ",\"delta\":"
                        + delta
                        + ",\"logprobs\":"
                        + logprobs
                        + ",\"finish_reason\":"
                        + reason
                        + (withUsage ? "}],\"usage\":null}\n\n" : "}]}\n\n"),
                paced);
    }

    private static Answer.Event event(String text, boolean paced) {
        return new Answer.Event(text.getBytes(StandardCharsets.UTF_8), paced);
    }
}
