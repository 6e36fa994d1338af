package io.weir.reconcile;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads what the usage dashboard exports as CSV into a {@link Bill}: usage of models, costs, or
 * both in one, whatever the order of the columns.
 */
final class BillCsv {
    private static final Pattern SECONDS = Pattern.compile("\\d{9,11}");
    private static final Pattern DAY = Pattern.compile("\\d{4}-\\d{2}-\\d{2}([ T].*)?");
    private static final int DAY_CHARS = 10;

    private final Bill bill;
    private final Map<CsvColumn, Integer> places = new EnumMap<>(CsvColumn.class);
    private List<String> line = List.of();

    BillCsv(Bill bill) {
        this.bill = bill;
    }

    /** Reads a file. */
    void read(String text) throws BillProblem {
        List<List<String>> lines = CsvLines.of(text);
        columns(lines.isEmpty() ? List.of() : lines.getFirst());
        for (int number = 1; number < lines.size(); number++) {
            line = lines.get(number);
            try {
                line();
            } catch (BillProblem e) {
                throw new BillProblem("Line %d: %s".formatted(number + 1, e.getMessage()), e);
            }
        }
    }

    private void columns(List<String> header) throws BillProblem {
        for (CsvColumn column : CsvColumn.values()) {
            int place = column.in(header);
            if (place >= 0) {
                places.put(column, place);
            }
        }
        if (!has(CsvColumn.DAY) || !(hasCosts() || hasUsage())) {
            throw new BillProblem(
                    "It is no export of usage or costs. Wanted are the columns %s, and either %s, or %s with %s, %s or %s; it begins with: %s"
                            .formatted(
                                    CsvColumn.DAY.usual(),
                                    CsvColumn.COST.usual(),
                                    CsvColumn.MODEL.usual(),
                                    CsvColumn.REQUESTS.usual(),
                                    CsvColumn.INPUT.usual(),
                                    CsvColumn.OUTPUT.usual(),
                                    String.join(", ", header.stream().limit(8).toList())));
        }
        if (hasUsage()) {
            bill.knowsUsage();
        }
        if (hasCosts()) {
            bill.knowsCosts();
        }
    }

    private boolean hasCosts() {
        return has(CsvColumn.COST);
    }

    private boolean hasUsage() {
        return has(CsvColumn.MODEL)
                && (has(CsvColumn.REQUESTS) || has(CsvColumn.INPUT) || has(CsvColumn.OUTPUT));
    }

    private void line() throws BillProblem {
        LocalDate day = day(cell(CsvColumn.DAY));
        String model = cell(CsvColumn.MODEL);
        String project = orNull(cell(CsvColumn.PROJECT));
        if (hasUsage() && !model.isEmpty()) {
            boolean apart =
                    cell(CsvColumn.BATCH).equalsIgnoreCase("true")
                            || ServiceTiers.apart(orNull(cell(CsvColumn.TIER)));
            Billed used =
                    Billed.used(
                            count(CsvColumn.REQUESTS),
                            count(CsvColumn.INPUT),
                            count(CsvColumn.OUTPUT),
                            apart);
            bill.use(day, model, project, used);
        }
        String amount = cell(CsvColumn.COST);
        if (!amount.isEmpty()) {
            String item = model.isEmpty() ? cell(CsvColumn.LINE) : model;
            bill.cost(day, item, project, plainAmount(amount), cell(CsvColumn.CURRENCY));
        }
    }

    private boolean has(CsvColumn column) {
        return places.containsKey(column);
    }

    private String cell(CsvColumn column) {
        int place = places.getOrDefault(column, Integer.MAX_VALUE);
        return place < line.size() ? line.get(place) : "";
    }

    private long count(CsvColumn column) throws BillProblem {
        return Bill.count(column.usual(), cell(column));
    }

    private static LocalDate day(String text) throws BillProblem {
        try {
            if (SECONDS.matcher(text).matches()) {
                return Instant.ofEpochSecond(Long.parseLong(text))
                        .atZone(ZoneOffset.UTC)
                        .toLocalDate();
            }
            if (text.indexOf('T') > 0) {
                return OffsetDateTime.parse(text)
                        .withOffsetSameInstant(ZoneOffset.UTC)
                        .toLocalDate();
            }
            if (DAY.matcher(text).matches()) {
                return LocalDate.parse(text.substring(0, DAY_CHARS));
            }
        } catch (DateTimeException e) {
            throw new BillProblem("'%s' is no day of UTC.".formatted(text), e);
        }
        throw new BillProblem("'%s' is no day of UTC.".formatted(text));
    }

    private static String plainAmount(String text) {
        return text.replace("$", "");
    }

    private static @Nullable String orNull(String text) {
        return text.isEmpty() ? null : text;
    }
}
