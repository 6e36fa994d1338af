package io.weir.report;

import io.weir.report.Saving.Certainty;
import io.weir.report.Saving.Group;
import io.weir.report.Saving.Part;
import io.weir.report.SavingsQuestion.Row;
import io.weir.store.StoreUnavailable;
import io.weir.wire.Endpoint.Dialect;
import io.weir.wire.PromptText;
import io.weir.wire.PromptText.Message;
import io.weir.wire.RequestView;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Prompts that say nearly the same as one before, where content is captured: in nine tenths of
 * their runs of three words, both all of the prompt and its last message, and with the same
 * numbers.
 */
final class NearDuplicates implements SavingsWay {
    private static final double ALIKE = 0.9;

    /** Their sketches take some 30 MB. */
    private static final int MOST_CALLS = 5_000;

    private static final int PAGE = 500;
    private static final int MOST_EXAMPLES = 20;

    private static final String UNKNOWN =
            "None of these calls has captured text, and whether prompts are alike cannot be told without: capture.level: full keeps it.";

    @Override
    public String word() {
        return "near-duplicates";
    }

    @Override
    public Saving find(SavingsQuestion question) throws StoreUnavailable {
        List<Asked> asked = latest(question);
        if (asked.isEmpty()) {
            return Saving.unknown(UNKNOWN);
        }
        List<Cluster> clusters = clusters(asked.reversed());
        return new Saving(
                Certainty.ESTIMATE,
                parts(question, clusters),
                evidence(clusters, asked.size()),
                clusters.stream()
                        .map(NearDuplicates::group)
                        .sorted(Comparator.comparingLong(Group::savedNanoUsd).reversed())
                        .limit(SavingsQuestion.MOST_GROUPS)
                        .toList());
    }

    /**
     * A call with what is kept of its prompt.
     *
     * @param text by which a prompt that is the same word for word is known
     */
    private record Asked(Row row, int text, PromptSketch whole, PromptSketch last) {
        /** Only calls of one kind can stand in for each other. */
        List<String> kind() {
            return List.of(row.text("project"), row.text("model"), row.text("endpoint"));
        }

        boolean isLike(Asked other) {
            return last.likeness(other.last) >= ALIKE && whole.likeness(other.whole) >= ALIKE;
        }
    }

    /** Prompts that are like the first of them. */
    private static final class Cluster {
        private final Asked first;
        private final Set<Integer> texts = new HashSet<>();

        /** Those that are not, word for word, one before: duplicates are told elsewhere. */
        private final List<Asked> others = new ArrayList<>();

        Cluster(Asked first) {
            this.first = first;
            texts.add(first.text());
        }

        void add(Asked asked) {
            if (texts.add(asked.text())) {
                others.add(asked);
            }
        }

        long saved() {
            return others.stream().mapToLong(asked -> asked.row().number("cost")).sum();
        }
    }

    /** The latest first. */
    private static List<Asked> latest(SavingsQuestion question) throws StoreUnavailable {
        String calls = question.calls("1", SavingsQuestion.PAID);
        List<Asked> asked = new ArrayList<>();
        List<Row> page;
        int read = 0;
        do {
            page =
                    question.rows(
                            """
                            WITH paid AS (%s)
                            SELECT project, key, model, endpoint, id, cost, request
                            FROM paid JOIN contents ON call_id = id
                            WHERE NOT truncated AND length(request) BETWEEN 1 AND 100000
                            ORDER BY paid.received_at DESC, id DESC LIMIT %d OFFSET %d
                            """
                                    .formatted(calls, PAGE, read),
                            "project",
                            "key",
                            "model",
                            "endpoint",
                            "id",
                            "cost",
                            "request");
            page.forEach(row -> asked(row, asked));
            read += page.size();
        } while (page.size() == PAGE && read < MOST_CALLS);
        return asked;
    }

    /** What is not told by text, images for instance, is not compared. */
    private static void asked(Row row, List<Asked> to) {
        byte[] body = row.text("request").getBytes(StandardCharsets.UTF_8);
        PromptText prompt = RequestView.of(body, Dialect.GENERIC).promptText();
        List<String> texts = new ArrayList<>(prompt.texts());
        prompt.messages().stream().map(Message::text).forEach(texts::add);
        boolean told = prompt.images() == 0 && prompt.countedTokens() == 0;
        if (told && texts.stream().anyMatch(text -> !text.isBlank())) {
            String whole = String.join("\n", texts);
            to.add(
                    new Asked(
                            row.without("request"),
                            whole.hashCode(),
                            PromptSketch.of(whole),
                            PromptSketch.of(texts.getLast())));
        }
    }

    private static List<Cluster> clusters(List<Asked> oldestFirst) {
        Map<List<Object>, List<Cluster>> byBand = new HashMap<>();
        List<Cluster> clusters = new ArrayList<>();
        for (Asked asked : oldestFirst) {
            Cluster found = find(asked, byBand);
            if (found == null) {
                Cluster fresh = new Cluster(asked);
                clusters.add(fresh);
                bands(asked)
                        .forEach(band ->
                                byBand.computeIfAbsent(band, unseen -> new ArrayList<>())
                                        .add(fresh));
            } else {
                found.add(asked);
            }
        }
        clusters.removeIf(cluster -> cluster.others.isEmpty());
        return clusters;
    }

    private static @Nullable Cluster find(Asked asked, Map<List<Object>, List<Cluster>> byBand) {
        return bands(asked).stream()
                .flatMap(band -> byBand.getOrDefault(band, List.of()).stream())
                .filter(cluster -> asked.isLike(cluster.first))
                .findFirst()
                .orElse(null);
    }

    private static List<List<Object>> bands(Asked asked) {
        List<List<Object>> bands = new ArrayList<>();
        for (long band : asked.last().bands()) {
            bands.add(List.of(asked.kind(), band));
        }
        return bands;
    }

    private static List<Part> parts(SavingsQuestion question, List<Cluster> clusters) {
        return Saving.merged(
                clusters.stream()
                        .flatMap(cluster -> cluster.others.stream())
                        .map(asked -> part(question, asked.row()))
                        .toList());
    }

    private static Part part(SavingsQuestion question, Row row) {
        long cost = row.number("cost");
        return new Part(question.by(row), 1, cost, cost);
    }

    private static String evidence(List<Cluster> clusters, int compared) {
        int calls = clusters.stream().mapToInt(cluster -> cluster.others.size()).sum();
        String of = compared < MOST_CALLS ? "" : "the latest ";
        return calls == 0
                ? "Of %s%,d prompts with captured text none says nearly the same as another."
                        .formatted(of, compared)
                : "Prompts that say nearly the same as one before: %,d of %s%,d with captured text. Nine tenths of their words are the same in the same order, and so are all numbers. Look whether one answer would have done."
                        .formatted(calls, of, compared);
    }

    private static Group group(Cluster cluster) {
        List<Asked> all = new ArrayList<>(List.of(cluster.first));
        all.addAll(cluster.others);
        return new Group(
                cluster.first.row().heading("model", "endpoint", "key"),
                all.size(),
                all.stream().mapToLong(asked -> asked.row().number("cost")).sum(),
                cluster.saved(),
                "%,d prompts that say nearly the same.".formatted(all.size()),
                all.stream()
                        .limit(MOST_EXAMPLES)
                        .map(asked -> asked.row().text("id"))
                        .collect(Collectors.joining(" ")),
                "");
    }
}
