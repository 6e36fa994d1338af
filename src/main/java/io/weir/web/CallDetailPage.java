package io.weir.web;

import io.weir.call.CacheUse;
import io.weir.call.CallRecord;
import io.weir.call.CallRecordJson;
import io.weir.call.Confidence;
import io.weir.call.Cost;
import io.weir.call.Likeness;
import io.weir.call.Moments;
import io.weir.prices.PriceBook;
import io.weir.report.Advice;
import io.weir.store.CallFilter;
import io.weir.store.CallStore;
import io.weir.store.PageRequest;
import io.weir.store.PriceVersion;
import io.weir.store.StoreUnavailable;
import io.weir.store.Unit;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** One call: what happened when, what was said, what it cost, and how to make it again. */
final class CallDetailPage implements Page {
    /** How far the neighbours may be: with a bound, looking for them reads little. */
    private static final Duration NEARBY = Duration.ofDays(1);

    private final CallStore store;
    private final Supplier<PriceBook> prices;
    private final boolean captures;

    /** A large figure. */
    record Tile(String label, Figure figure, String note) {}

    /**
     * A small one.
     *
     * @param href the calls that have the same; null where none are looked for
     */
    record Fact(String label, String value, @Nullable String href) {}

    /**
     * What was said.
     *
     * @param missing why it is not here; empty where it is
     */
    record Talk(
            List<Turn> asked,
            List<Turn> answered,
            String request,
            String response,
            boolean truncated,
            String missing) {
        /** Whether some of it can be shown as it came. */
        boolean paced() {
            return answered.stream()
                    .flatMap(turn -> turn.pieces().stream())
                    .anyMatch(piece -> !piece.pace().isEmpty());
        }
    }

    /**
     * What the template shows.
     *
     * @param advice what to do about its error; empty for nothing
     * @param pace what is known of a stream's pace; empty where the answer was none
     * @param again where it can be sent again; null where it cannot, or not by this visitor
     */
    record Model(
            CallRecord call,
            String result,
            boolean failed,
            List<Tile> tiles,
            List<Fact> facts,
            String advice,
            Waterfall waterfall,
            String pace,
            PriceLines prices,
            List<PriceVersion> versions,
            Talk talk,
            Repeat repeat,
            @Nullable String again,
            @Nullable String newer,
            @Nullable String older) {}

    CallDetailPage(Sources sources) {
        this.store = sources.store();
        this.prices = sources.prices().prices();
        this.captures = sources.captures();
    }

    @Override
    public String path() {
        return "/calls/*";
    }

    @Override
    public String title() {
        return "Call";
    }

    @Override
    public boolean hasWindow() {
        return false;
    }

    @Override
    public Answer answer(Visit visit) throws StoreUnavailable {
        Optional<CallRecord> call = find(visit.segment());
        if (call.isEmpty()) {
            return Trouble.view(
                    200,
                    "There is no such call",
                    "No call has the id %s: it may have been deleted by retention.calls, and it is here about a second after it ended."
                            .formatted(visit.segment()));
        }
        if (visit.view().parameter("format").equals("json")) {
            return new Answer.File(
                    "weir-call-" + call.get().id() + ".json",
                    "application/json",
                    CallRecordJson.write(call.get()));
        }
        return Answer.view("call", model(visit, call.get()));
    }

    private static String advice(CallRecord.Answer answer) {
        String type = answer.errorType() == null ? answer.outcome() : answer.errorType();
        return Advice.about(type, answer.errorCode()).orElse("");
    }

    private Optional<CallRecord> find(String segment) throws StoreUnavailable {
        try {
            return store.call(UUID.fromString(segment));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private Model model(Visit visit, CallRecord call) throws StoreUnavailable {
        boolean chat = call.request().endpoint().equals("chat.completions");
        return new Model(
                call,
                CallColumns.result(call),
                call.answer().failed(),
                tiles(call),
                facts(call),
                advice(call.answer()),
                Waterfall.of(call),
                pace(call),
                PriceLines.of(call, prices.get()),
                store.priceVersions(call),
                talk(call),
                Repeat.of(call, visit.origin()),
                chat && visit.visitor().isAdmin() ? "/playground?from=" + call.id() : null,
                neighbour(call, PageRequest.newerThan(call, 1)),
                neighbour(call, PageRequest.olderThan(call, 1)));
    }

    private @Nullable String neighbour(CallRecord call, PageRequest beside)
            throws StoreUnavailable {
        if (call.caller() == null) {
            return null;
        }
        CallFilter filter =
                CallFilter.ALL
                        .key(call.caller().keyId())
                        .since(call.receivedAt().minus(NEARBY))
                        .until(call.receivedAt().plus(NEARBY));
        List<CallRecord> found = store.calls(filter, beside).calls();
        return found.isEmpty() ? null : "/calls/" + found.getFirst().id();
    }

    private static List<Tile> tiles(CallRecord call) {
        Moments moments = call.moments();
        String counted = confidence(call.usageConfidence());
        return List.of(
                new Tile("Latency", CallColumns.micros(moments.closed()), "received to recorded"),
                new Tile(
                        "First token",
                        CallColumns.micros(moments.firstToken()),
                        moments.firstToken() < 0 ? "not streamed" : "after it was received"),
                new Tile("Tokens in", Figures.count(call.usage().inputTotal()), counted),
                new Tile("Tokens out", Figures.count(call.usage().outputTotal()), counted),
                new Tile("Cost", new Figure(CallColumns.cost(call.cost()), ""), costed(call)),
                new Tile(
                        "Weir's part",
                        CallColumns.micros(moments.overhead()),
                        "all but the upstream"));
    }

    private static String costed(CallRecord call) {
        return switch (call.cost()) {
            case Cost.Priced priced -> confidence(call.usageConfidence());
            case Cost.Unpriced unpriced -> unpriced.reason();
            case Cost.Free free -> "nothing is charged";
        };
    }

    private static String confidence(Confidence confidence) {
        return switch (confidence) {
            case PROVIDER -> "as the provider says";
            case ESTIMATED -> "estimated: counted by Weir";
            case PARTIAL -> "partial: the answer was cut";
            case NONE -> "nothing to count";
        };
    }

    private static List<Fact> facts(CallRecord call) {
        List<Fact> facts = new ArrayList<>();
        CallRecord.Request request = call.request();
        CallRecord.Answer answer = call.answer();
        fact(facts, "Id", call.id().toString(), "");
        fact(facts, "Asked for", request.method() + " " + request.path(), "");
        fact(facts, "Model", request.model(), "model");
        fact(facts, "Answered by", answer.responseModel(), "model");
        if (call.caller() != null) {
            fact(facts, "Key", call.caller().keyName(), "key");
            fact(facts, "Project", call.caller().project(), "project");
            call.caller().tags().forEach(tag -> fact(facts, "Tag", tag, "tag"));
        }
        fact(facts, "User", request.endUser(), "user");
        fact(facts, "Client", request.userAgent(), "");
        if (request.clientRetry() > 0) {
            fact(facts, "Client's retry", Integer.toString(request.clientRetry()), "");
        }
        if (request.trace() != null) {
            fact(facts, "Trace", request.trace().traceId(), "trace");
            fact(facts, "Span", request.trace().spanId(), "");
            fact(facts, "Caller's span", request.trace().parentSpanId(), "");
        }
        fact(facts, "Upstream", answer.upstream(), "upstream");
        if (call.cache() != null) {
            fact(facts, "Cache", cache(call.cache()), "");
        }
        call.attempts().forEach(attempt -> fact(facts, "Request id", attempt.requestId(), ""));
        fact(facts, "Response id", answer.responseId(), "");
        fact(facts, "Tier", answer.serviceTier(), "tier");
        fact(facts, "Finished by", String.join(", ", answer.finishReasons()), "");
        fact(facts, "Choices", Integer.toString(request.choices()), "");
        fact(facts, "Token limit", request.maxTokens() < 0 ? "" : "" + request.maxTokens(), "");
        fact(facts, "Request body", Figures.bytes(request.bytes()).text(), "");
        fact(facts, "Answer body", Figures.bytes(answer.bytes()).text(), "");
        return facts;
    }

    private static String cache(CacheUse use) {
        String saved =
                use.savedNanoUsd() == null
                        ? ""
                        : ", saved " + Figures.of(Unit.NANO_USD, use.savedNanoUsd()).text();
        return use.state().word() + saved + likeness(use.likeness());
    }

    private static String likeness(@Nullable Likeness likeness) {
        if (likeness == null) {
            return "";
        }
        String answers =
                likeness.answerPpm() == null
                        ? ""
                        : "; asked all the same, the answers are %.3f alike"
                                .formatted(likeness.answerPpm() / 1e6);
        return "; means the same as %s (%.3f alike)%s"
                .formatted(likeness.of(), likeness.questionPpm() / 1e6, answers);
    }

    private static void fact(
            List<Fact> facts, String label, @Nullable String value, String filter) {
        if (value != null && !value.isEmpty()) {
            String href =
                    filter.isEmpty()
                            ? null
                            : "/calls?last=24h&" + filter + "=" + ViewQuery.encoded(value);
            facts.add(new Fact(label, value, href));
        }
    }

    private static String pace(CallRecord call) {
        Moments moments = call.moments();
        if (call.answer().chunks() == 0) {
            return "";
        }
        StringBuilder pace = new StringBuilder();
        pace.append(Figures.count(call.answer().chunks()).text()).append(" events");
        double seconds = (moments.lastByte() - moments.firstToken()) / 1e6;
        if (moments.firstToken() >= 0 && seconds > 0) {
            double rate = call.usage().outputTotal() / seconds;
            pace.append(", %s tokens a second after the first".formatted(Math.round(rate)));
        }
        if (moments.longestGap() >= 0) {
            pace.append(", longest silence ")
                    .append(CallColumns.micros(moments.longestGap()).text());
        }
        boolean kept = call.content() != null && !call.content().pace().isEmpty();
        return pace.append(kept ? "." : ". When each event came is kept where content is.")
                .toString();
    }

    private Talk talk(CallRecord call) {
        CallRecord.Content content = call.content();
        if (content == null) {
            String missing =
                    captures
                            ? "The content of this call was not kept: it was made before capture.level was full, asks for nothing that has text, or is older than retention.content."
                            : "The content of calls is not kept. capture.level: full in weir.yaml keeps it from then on; whoever can see this page can then read it.";
            return new Talk(List.of(), List.of(), "", "", false, missing);
        }
        return new Talk(
                Bodies.json(content.request()).map(AskedTurns::of).orElse(List.of()),
                AnsweredTurns.of(content.response(), content.pace()),
                Bodies.pretty(content.request()),
                Bodies.pretty(content.response()),
                content.truncated(),
                "");
    }
}
