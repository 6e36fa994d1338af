package io.weir.focus;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.weir.access.Aside;
import io.weir.prices.PriceBook;
import io.weir.report.TableCsv;
import io.weir.store.CallFilter;
import io.weir.store.CallStore;
import io.weir.store.ParquetFile;
import io.weir.store.StoreUnavailable;
import io.weir.store.Table;
import io.weir.wire.Json;
import java.io.IOException;
import java.io.OutputStream;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.node.ObjectNode;

/**
 * What calls cost and whom they are charged to, in the columns of FOCUS 1.2, a day of UTC at a
 * time: for each day, project, key, model, price and part of the tokens a row. The rows of a day
 * add up to what the ledger has of it, to the nano-dollar.
 */
public final class FocusExport {
    private final CallStore store;
    private final Supplier<PriceBook> prices;

    /** Asks that store, and explains costs by those prices. */
    public FocusExport(CallStore store, Supplier<PriceBook> prices) {
        this.store = store;
        this.prices = prices;
    }

    /** The rows of a day. */
    public Table day(LocalDate day, CallFilter filter) throws StoreUnavailable {
        CallFilter then =
                filter.since(day.atStartOfDay().toInstant(ZoneOffset.UTC))
                        .until(day.plusDays(1).atStartOfDay().toInstant(ZoneOffset.UTC));
        FocusRows rows = new FocusRows(prices.get());
        List<List<@Nullable Object>> cells = new ArrayList<>();
        for (Charge charge : Charges.of(store, then)) {
            Map<FocusColumn, String> shared = shared(day, charge);
            rows.of(charge).forEach(own -> cells.add(cells(shared, own)));
        }
        return new Table(FocusColumn.TABLE, cells);
    }

    /** The line of names that a CSV file begins with. */
    public static String csvHeader() {
        return TableCsv.header(FocusColumn.TABLE);
    }

    /** Writes the days as CSV, each as soon as it is known, without the line of names. */
    public void csv(List<LocalDate> days, CallFilter filter, OutputStream out) throws IOException {
        for (LocalDate day : days) {
            out.write(TableCsv.rows(day(day, filter)).getBytes(UTF_8));
            out.flush();
        }
    }

    /** The days as a Parquet file; native code makes it, on a thread of its own. */
    public byte[] parquet(List<LocalDate> days, CallFilter filter) throws IOException {
        return Aside.begin("weir-focus", () -> made(days, filter)).await();
    }

    private byte[] made(List<LocalDate> days, CallFilter filter) throws IOException {
        List<byte[]> objects = new ArrayList<>();
        for (LocalDate day : days) {
            day(day, filter).rows().forEach(row -> objects.add(object(row)));
        }
        return ParquetFile.of(FocusColumn.PARQUET, objects);
    }

    private static Map<FocusColumn, String> shared(LocalDate day, Charge charge) {
        Map<FocusColumn, String> shared = new EnumMap<>(FocusColumn.class);
        shared.put(FocusColumn.BILLING_ACCOUNT_ID, charge.upstream());
        shared.put(FocusColumn.BILLING_ACCOUNT_NAME, charge.upstream());
        shared.put(FocusColumn.BILLING_CURRENCY, "USD");
        LocalDate month = day.withDayOfMonth(1);
        shared.put(FocusColumn.BILLING_PERIOD_START, midnight(month));
        shared.put(FocusColumn.BILLING_PERIOD_END, midnight(month.plusMonths(1)));
        shared.put(FocusColumn.CHARGE_PERIOD_START, midnight(day));
        shared.put(FocusColumn.CHARGE_PERIOD_END, midnight(day.plusDays(1)));
        shared.put(FocusColumn.CHARGE_FREQUENCY, "Usage-Based");
        String provider = provider(charge.provider());
        shared.put(FocusColumn.INVOICE_ISSUER_NAME, provider);
        shared.put(FocusColumn.PROVIDER_NAME, provider);
        shared.put(FocusColumn.PUBLISHER_NAME, provider);
        shared.put(FocusColumn.SERVICE_CATEGORY, "AI and Machine Learning");
        shared.put(FocusColumn.SERVICE_SUBCATEGORY, "Generative AI");
        shared.put(FocusColumn.SERVICE_NAME, provider + " API");
        shared.put(FocusColumn.MODEL, charge.model());
        shared.put(FocusColumn.COST_STATE, charge.state());
        putIfThere(shared, FocusColumn.PRICE_ID, charge.priceId());
        whoPays(shared, charge);
        return shared;
    }

    private static void whoPays(Map<FocusColumn, String> shared, Charge charge) {
        if (charge.project() != null) {
            shared.put(FocusColumn.SUB_ACCOUNT_ID, charge.project());
            shared.put(FocusColumn.SUB_ACCOUNT_NAME, charge.project());
            shared.put(FocusColumn.SUB_ACCOUNT_TYPE, "Project");
        }
        if (charge.keyId() != null) {
            shared.put(FocusColumn.RESOURCE_ID, charge.keyId());
            shared.put(FocusColumn.RESOURCE_TYPE, "Gateway Key");
            putIfThere(shared, FocusColumn.RESOURCE_NAME, charge.keyName());
        }
        shared.put(FocusColumn.TAGS, tags(charge.tags()));
    }

    /** A tag without a value is true in FOCUS. */
    private static String tags(@Nullable String array) {
        ObjectNode tags = Json.MAPPER.createObjectNode();
        if (array != null) {
            try {
                Json.MAPPER.readTree(array).forEach(tag -> tags.put(tag.asString(), true));
            } catch (JacksonException e) {
                throw new IllegalStateException("the store's tags are no JSON", e);
            }
        }
        return tags.toString();
    }

    /** OpenTelemetry's word as people write the name. */
    private static String provider(String word) {
        return word.equals("openai") ? "OpenAI" : word;
    }

    private static void putIfThere(
            Map<FocusColumn, String> cells, FocusColumn column, @Nullable String text) {
        if (text != null) {
            cells.put(column, text);
        }
    }

    private static List<@Nullable Object> cells(
            Map<FocusColumn, String> shared, Map<FocusColumn, String> own) {
        List<@Nullable Object> cells = new ArrayList<>();
        for (FocusColumn column : FocusColumn.values()) {
            cells.add(own.getOrDefault(column, shared.get(column)));
        }
        return cells;
    }

    private static byte[] object(List<@Nullable Object> row) {
        ObjectNode object = Json.MAPPER.createObjectNode();
        Iterator<@Nullable Object> cells = row.iterator();
        for (FocusColumn column : FocusColumn.values()) {
            if (cells.next() instanceof String text) {
                object.put(column.id(), text);
            }
        }
        return object.toString().getBytes(UTF_8);
    }

    private static String midnight(LocalDate day) {
        return day + "T00:00:00Z";
    }
}
