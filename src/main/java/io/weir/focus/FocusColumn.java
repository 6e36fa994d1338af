package io.weir.focus;

import io.weir.store.Column;
import io.weir.store.ParquetFile;
import io.weir.store.Unit;
import java.util.Arrays;
import java.util.List;

/**
 * A column of the export: those of FOCUS 1.2 that a gateway knows something of, then its own, which
 * begin with {@code x_} as FOCUS has it.
 *
 * @see <a href="https://focus.finops.org/focus-specification/v1-2/">FOCUS 1.2</a>
 */
enum FocusColumn {
    BILLED_COST("BilledCost", Kind.DECIMAL),
    BILLING_ACCOUNT_ID("BillingAccountId", Kind.TEXT),
    BILLING_ACCOUNT_NAME("BillingAccountName", Kind.TEXT),
    BILLING_CURRENCY("BillingCurrency", Kind.TEXT),
    BILLING_PERIOD_END("BillingPeriodEnd", Kind.TIME),
    BILLING_PERIOD_START("BillingPeriodStart", Kind.TIME),
    CHARGE_CATEGORY("ChargeCategory", Kind.TEXT),
    CHARGE_CLASS("ChargeClass", Kind.TEXT),
    CHARGE_DESCRIPTION("ChargeDescription", Kind.TEXT),
    CHARGE_FREQUENCY("ChargeFrequency", Kind.TEXT),
    CHARGE_PERIOD_END("ChargePeriodEnd", Kind.TIME),
    CHARGE_PERIOD_START("ChargePeriodStart", Kind.TIME),
    CONSUMED_QUANTITY("ConsumedQuantity", Kind.DECIMAL),
    CONSUMED_UNIT("ConsumedUnit", Kind.TEXT),
    CONTRACTED_COST("ContractedCost", Kind.DECIMAL),
    CONTRACTED_UNIT_PRICE("ContractedUnitPrice", Kind.DECIMAL),
    EFFECTIVE_COST("EffectiveCost", Kind.DECIMAL),
    INVOICE_ISSUER_NAME("InvoiceIssuerName", Kind.TEXT),
    LIST_COST("ListCost", Kind.DECIMAL),
    LIST_UNIT_PRICE("ListUnitPrice", Kind.DECIMAL),
    PRICING_CATEGORY("PricingCategory", Kind.TEXT),
    PRICING_QUANTITY("PricingQuantity", Kind.DECIMAL),
    PRICING_UNIT("PricingUnit", Kind.TEXT),
    PROVIDER_NAME("ProviderName", Kind.TEXT),
    PUBLISHER_NAME("PublisherName", Kind.TEXT),
    RESOURCE_ID("ResourceId", Kind.TEXT),
    RESOURCE_NAME("ResourceName", Kind.TEXT),
    RESOURCE_TYPE("ResourceType", Kind.TEXT),
    SERVICE_CATEGORY("ServiceCategory", Kind.TEXT),
    SERVICE_NAME("ServiceName", Kind.TEXT),
    SERVICE_SUBCATEGORY("ServiceSubcategory", Kind.TEXT),
    SKU_ID("SkuId", Kind.TEXT),
    SKU_METER("SkuMeter", Kind.TEXT),
    SKU_PRICE_ID("SkuPriceId", Kind.TEXT),
    SUB_ACCOUNT_ID("SubAccountId", Kind.TEXT),
    SUB_ACCOUNT_NAME("SubAccountName", Kind.TEXT),
    SUB_ACCOUNT_TYPE("SubAccountType", Kind.TEXT),
    TAGS("Tags", Kind.TEXT),
    /** The model that answered, or the one asked for where the answer names none. */
    MODEL("x_Model", Kind.TEXT),
    /** The part of the tokens, in Weir's word for it. */
    TOKEN_PART("x_TokenPart", Kind.TEXT),
    /** The entry of the price book, as calls carry it. */
    PRICE_ID("x_PriceId", Kind.TEXT),
    /** {@code priced}, {@code free} or {@code unpriced}. */
    COST_STATE("x_CostState", Kind.TEXT),
    /** How much of the consumed quantity Weir counted itself. */
    ESTIMATED_QUANTITY("x_EstimatedQuantity", Kind.DECIMAL),
    /** Why something is missing from the row. */
    NOTE("x_Note", Kind.TEXT);

    /** All of them, for a table. */
    static final List<Column> TABLE = Arrays.stream(values()).map(FocusColumn::column).toList();

    /** All of them, for a Parquet file. */
    static final List<ParquetFile.Field> PARQUET =
            Arrays.stream(values()).map(FocusColumn::field).toList();

    private final String id;
    private final Kind kind;

    FocusColumn(String id, Kind kind) {
        this.id = id;
        this.kind = kind;
    }

    /** Its name in a file. */
    String id() {
        return id;
    }

    private Column column() {
        return new Column(id, kind == Kind.DECIMAL ? Unit.USD : Unit.TEXT);
    }

    private ParquetFile.Field field() {
        return new ParquetFile.Field(
                id,
                switch (kind) {
                    case TEXT -> ParquetFile.Type.TEXT;
                    case TIME -> ParquetFile.Type.TIME;
                    case DECIMAL -> ParquetFile.Type.DECIMAL;
                });
    }

    /** What a column holds. */
    private enum Kind {
        TEXT,
        /** A moment in UTC, in ISO 8601. */
        TIME,
        /** An exact decimal number. */
        DECIMAL
    }
}
