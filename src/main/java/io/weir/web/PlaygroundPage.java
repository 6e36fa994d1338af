package io.weir.web;

import io.weir.call.CallRecord;
import io.weir.http.Access;
import io.weir.http.Query;
import io.weir.store.CallStore;
import io.weir.store.StoreUnavailable;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import tools.jackson.databind.JsonNode;

/** Asks one model or a few side by side, through the gateway itself, and says what that cost. */
final class PlaygroundPage implements Page {
    private final CallStore store;
    private final Estimate estimate;
    private final Trial trial;

    /** An answer. */
    record Card(Trial.Result result, String time, String tokens, String cost) {}

    /**
     * What the template shows.
     *
     * @param problem what keeps the draft from being sent; empty for nothing
     */
    record Model(
            Draft draft, List<String> estimate, String problem, List<Card> cards, String csrf) {}

    PlaygroundPage(Sources sources) {
        this.store = sources.store();
        this.estimate = new Estimate(sources.tokens(), sources.prices().prices());
        this.trial = new Trial(sources.own(), sources.live());
    }

    @Override
    public String path() {
        return "/playground";
    }

    @Override
    public String title() {
        return "Playground";
    }

    @Override
    public Optional<Place> place() {
        return Optional.of(new Place(Place.Section.TRAFFIC, "send"));
    }

    @Override
    public Access access() {
        return Access.ADMIN_SESSION;
    }

    @Override
    public boolean hasWindow() {
        return false;
    }

    @Override
    public Answer answer(Visit visit) throws StoreUnavailable {
        String from = visit.view().parameter("from");
        return show(visit, from.isEmpty() ? Draft.fresh() : draft(from), List.of());
    }

    @Override
    public List<Form> forms() {
        return List.of(new Form("/playground", Access.ADMIN_SESSION, this::act));
    }

    private Answer act(Visit visit, Query fields) {
        Draft draft = Draft.of(fields);
        return switch (fields.get("do").orElse("send")) {
            case "longer" -> show(visit, draft.longer(), List.of());
            case "estimate" -> show(visit, draft, List.of());
            default -> send(visit, draft);
        };
    }

    private Answer send(Visit visit, Draft draft) {
        try {
            return show(visit, draft, trial.of(draft));
        } catch (IllegalArgumentException e) {
            return show(visit, draft, List.of());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Trouble.view(503, "Not sent", "Weir is stopping.");
        }
    }

    private Answer show(Visit visit, Draft draft, List<Trial.Result> results) {
        List<Card> cards = results.stream().map(PlaygroundPage::card).toList();
        String csrf = visit.visitor().csrf();
        try {
            List<String> costs = estimate.of(draft, visit.now());
            return Answer.view("playground", new Model(draft, costs, "", cards, csrf));
        } catch (IllegalArgumentException e) {
            String problem = String.valueOf(e.getMessage());
            return Answer.view("playground", new Model(draft, List.of(), problem, cards, csrf));
        }
    }

    private static Card card(Trial.Result result) {
        CallRecord record = result.record();
        return record == null
                ? new Card(result, "", "", "")
                : new Card(
                        result,
                        CallColumns.micros(record.moments().closed()).text(),
                        "%s in, %s out"
                                .formatted(
                                        Figures.count(record.usage().inputTotal()).text(),
                                        Figures.count(record.usage().outputTotal()).text()),
                        CallColumns.cost(record.cost()));
    }

    private Draft draft(String id) throws StoreUnavailable {
        Optional<CallRecord> call = store.call(UUID.fromString(id));
        CallRecord.Content content = call.map(CallRecord::content).orElse(null);
        Optional<JsonNode> json =
                content == null ? Optional.empty() : Bodies.json(content.request());
        Draft usual = Draft.fresh();
        String model = call.map(found -> found.request().model()).orElse(usual.models());
        return json.map(Draft::of)
                .orElseGet(() ->
                        new Draft(
                                model,
                                usual.system(),
                                usual.lines(),
                                usual.temperature(),
                                usual.maxTokens(),
                                usual.choices(),
                                "its content, which was not kept or was cut"));
    }
}
