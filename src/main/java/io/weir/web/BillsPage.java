package io.weir.web;

import io.weir.focus.FocusExport;
import io.weir.http.Access;
import io.weir.http.PostedFile;
import io.weir.http.Query;
import io.weir.reconcile.Books;
import io.weir.reconcile.Projects;
import io.weir.reconcile.Reconciler;
import io.weir.reconcile.Reconciliation;
import io.weir.reconcile.Tolerance;
import io.weir.report.TableCsv;
import io.weir.store.CallFilter;
import io.weir.store.CallStore;
import io.weir.store.Column;
import io.weir.store.StoreUnavailable;
import io.weir.store.Table;
import io.weir.store.Unit;
import io.weir.wire.Money;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** A month's bill: whom it is charged to, and whether the provider's agrees with the ledger. */
final class BillsPage implements Page {
    private static final String PATH = "/bills";
    private static final String COMPARE = "/bills/compare";
    private static final String MONTH = "month";

    private static final List<Column> CHARGED =
            List.of(
                    new Column("project", Unit.TEXT),
                    new Column("calls", Unit.CALLS),
                    new Column("input_tokens", Unit.TOKENS),
                    new Column("output_tokens", Unit.TOKENS),
                    new Column("cost_nano_usd", Unit.NANO_USD),
                    new Column("unpriced_calls", Unit.CALLS));

    private static final List<String> SHOWN =
            List.of(
                    "day",
                    "model",
                    "project",
                    "billed_nano_usd",
                    "ledger_nano_usd",
                    "difference_nano_usd",
                    "likely_cause",
                    "evidence");

    private final CallStore store;
    private final FocusExport export;

    /**
     * What the template shows.
     *
     * @param month {@code 2026-11}
     * @param earlier the address of the month before
     * @param later the address of the month after; null where that has not begun
     * @param total what all projects together cost, to the nano-dollar
     * @param result null before anything was compared
     */
    record Model(
            String month,
            String earlier,
            @Nullable String later,
            DataTable charged,
            String total,
            String csv,
            String parquet,
            String csrf,
            Asked asked,
            @Nullable Result result) {}

    /** How a bill is to be compared. */
    record Asked(String tolerance, String projects) {
        static final Asked USUAL = new Asked(Tolerance.USUAL_TEXT, "");
    }

    /**
     * A bill beside the ledger.
     *
     * @param differing null where every line agrees
     * @param note the sums
     */
    record Result(boolean agrees, @Nullable DataTable differing, String note) {}

    BillsPage(CallStore store, FocusExport export) {
        this.store = store;
        this.export = export;
    }

    @Override
    public String path() {
        return PATH;
    }

    @Override
    public String title() {
        return "Bills";
    }

    @Override
    public boolean hasWindow() {
        return false;
    }

    @Override
    public List<Form> forms() {
        return List.of(new Form(COMPARE, Access.VIEWER_SESSION, true, this::compared));
    }

    @Override
    public Answer answer(Visit visit) throws StoreUnavailable {
        YearMonth month = month(visit.view().parameter(MONTH), visit);
        return switch (visit.view().parameter("file")) {
            case "csv" -> file(month, "csv", "text/csv; charset=utf-8", csv(month));
            case "parquet" ->
                    file(month, "parquet", "application/vnd.apache.parquet", parquet(month));
            default -> view(visit, month, Asked.USUAL, null);
        };
    }

    private Answer compared(Visit visit, Query fields, List<PostedFile> files)
            throws StoreUnavailable {
        YearMonth month = month(Fields.text(fields, MONTH), visit);
        Asked asked = new Asked(Fields.text(fields, "tolerance"), Fields.text(fields, "projects"));
        if (files.isEmpty()) {
            throw new IllegalArgumentException(
                    "choose the provider's export of costs, and that of usage too where there is one");
        }
        Reconciliation result =
                new Reconciler(store)
                        .of(
                                days(month),
                                CallFilter.ALL,
                                asked.projects.isEmpty()
                                        ? Projects.TOGETHER
                                        : Projects.of(Fields.texts(fields, "projects")),
                                asked.tolerance.isEmpty()
                                        ? Tolerance.USUAL
                                        : Tolerance.of(asked.tolerance),
                                files.stream().map(BillsPage::called).toList());
        if (Fields.text(fields, "as").equals("csv")) {
            return new Answer.File(
                    "weir-bill-%s.csv".formatted(month),
                    "text/csv; charset=utf-8",
                    TableCsv.of(result.all()).getBytes(StandardCharsets.UTF_8));
        }
        return view(visit, month, asked, result(result));
    }

    /** Messages begin with a capital, and the name of a file with what it begins with. */
    private static PostedFile called(PostedFile file) {
        return new PostedFile("the file " + file.name(), file.content());
    }

    private Answer.View view(Visit visit, YearMonth month, Asked asked, @Nullable Result result)
            throws StoreUnavailable {
        Table charged = charged(month);
        boolean current = !month.isBefore(now(visit));
        Model model =
                new Model(
                        month.toString(),
                        href(month.minusMonths(1), null),
                        current ? null : href(month.plusMonths(1), null),
                        DataTable.of("charged", "Whom the month is charged to", charged),
                        Money.text(
                                charged.rows().stream().mapToLong(row -> (Long) row.get(4)).sum()),
                        href(month, "csv"),
                        href(month, "parquet"),
                        visit.visitor().csrf(),
                        asked,
                        result);
        return Answer.view("bills", model);
    }

    private static Result result(Reconciliation of) {
        Table differing = shown(of.differing());
        return new Result(
                of.agrees(),
                differing.rows().isEmpty()
                        ? null
                        : DataTable.of("differing", "Lines that differ", differing),
                String.join(" ", differing.notes()));
    }

    /** What the evidence says need not be a column, too; the file has all of them. */
    private static Table shown(Table lines) {
        boolean together =
                IntStream.range(0, lines.rows().size())
                        .allMatch(row -> Projects.ALL.equals(lines.cell(row, "project")));
        return lines.only(
                SHOWN.stream().filter(name -> !together || !name.equals("project")).toList());
    }

    /** What the ledger has of the month, a row a project. */
    private Table charged(YearMonth month) throws StoreUnavailable {
        Table books = Books.of(store, month.atDay(1), month.plusMonths(1).atDay(1), CallFilter.ALL);
        Map<String, long[]> sums = new TreeMap<>();
        for (int row = 0; row < books.rows().size(); row++) {
            String project =
                    books.cell(row, "project") instanceof String name ? name : "without a project";
            long[] sum = sums.computeIfAbsent(project, name -> new long[CHARGED.size() - 1]);
            for (int i = 0; i < sum.length; i++) {
                sum[i] +=
                        books.cell(row, CHARGED.get(i + 1).name()) instanceof Number n
                                ? n.longValue()
                                : 0;
            }
        }
        List<List<@Nullable Object>> rows = new ArrayList<>();
        sums.forEach((project, sum) -> {
            List<@Nullable Object> row = new ArrayList<>(List.of(project));
            Arrays.stream(sum).forEach(row::add);
            rows.add(row);
        });
        return new Table(CHARGED, rows);
    }

    private byte[] csv(YearMonth month) throws StoreUnavailable {
        StringBuilder csv = new StringBuilder(FocusExport.csvHeader());
        for (LocalDate day : days(month)) {
            csv.append(TableCsv.rows(export.day(day, CallFilter.ALL)));
        }
        return csv.toString().getBytes(StandardCharsets.UTF_8);
    }

    private byte[] parquet(YearMonth month) throws StoreUnavailable {
        try {
            return export.parquet(days(month), CallFilter.ALL);
        } catch (StoreUnavailable e) {
            throw e;
        } catch (IOException e) {
            throw new IllegalArgumentException("the file could not be made", e);
        }
    }

    private static Answer file(YearMonth month, String ending, String type, byte[] content) {
        return new Answer.File("weir-focus-%s.%s".formatted(month, ending), type, content);
    }

    private static List<LocalDate> days(YearMonth month) {
        return month.atDay(1).datesUntil(month.plusMonths(1).atDay(1)).toList();
    }

    private static YearMonth month(String text, Visit visit) {
        if (text.isEmpty()) {
            return now(visit);
        }
        try {
            return YearMonth.parse(text);
        } catch (DateTimeException e) {
            throw new IllegalArgumentException(
                    "a month is written 2026-11, not '%s'".formatted(text), e);
        }
    }

    private static YearMonth now(Visit visit) {
        return YearMonth.from(visit.now().atOffset(ZoneOffset.UTC));
    }

    private static String href(YearMonth month, @Nullable String file) {
        return PATH + "?month=" + month + (file == null ? "" : "&file=" + file);
    }
}
