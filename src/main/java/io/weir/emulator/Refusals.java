package io.weir.emulator;

import io.weir.wire.ApiError;
import org.jspecify.annotations.Nullable;

/** The API's words for requests it refuses, as recorded from it. */
final class Refusals {
    private static final String INVALID = "invalid_request_error";

    private Refusals() {}

    /** 400 about a parameter. */
    static ApiError invalid(@Nullable String code, @Nullable String param, String message) {
        return new ApiError(400, INVALID, code, param, message);
    }

    static ApiError notJson() {
        return invalid(
                null,
                null,
                "We could not parse the JSON body of your request. (HINT: This likely means you"
                        + " aren't using your HTTP library correctly. The OpenAI API expects a JSON"
                        + " payload, but what was sent was not valid JSON.)");
    }

    static ApiError noModel() {
        return invalid(null, null, "you must provide a model parameter");
    }

    static ApiError missing(String param) {
        return invalid(
                "missing_required_parameter",
                param,
                "Missing required parameter: '%s'.".formatted(param));
    }

    static ApiError wrongType(String param, String expected, String actual) {
        return invalid(
                "invalid_type",
                param,
                "Invalid type for '%s': expected %s, but got %s instead."
                        .formatted(param, expected, actual));
    }

    static ApiError below(String kind, String param, String least, String actual) {
        return invalid(
                kind + "_below_min_value",
                param,
                "Invalid '%s': %s below minimum value. Expected a value >= %s, but got %s instead."
                        .formatted(param, kind, least, actual));
    }

    static ApiError above(String kind, String param, String most, String actual) {
        return invalid(
                kind + "_above_max_value",
                param,
                "Invalid '%s': %s above maximum value. Expected a value <= %s, but got %s instead."
                        .formatted(param, kind, most, actual));
    }

    static ApiError emptyArray(String param) {
        return invalid(
                "empty_array",
                param,
                ("Invalid '%s': empty array. Expected an array with minimum length 1, but got an"
                                + " empty array instead.")
                        .formatted(param));
    }

    static ApiError longArray(String param, int most, int actual) {
        return invalid(
                "array_above_max_length",
                param,
                ("Invalid '%s': array too long. Expected an array with maximum length %d, but got"
                                + " an array with length %d instead.")
                        .formatted(param, most, actual));
    }

    static ApiError unsupportedValue(String param, String actual, String supported) {
        return invalid(
                "invalid_value",
                param,
                "Invalid value: '%s'. Supported values are: %s.".formatted(actual, supported));
    }

    static ApiError unknownModel(String model) {
        return new ApiError(
                404,
                INVALID,
                "model_not_found",
                null,
                "The model `%s` does not exist or you do not have access to it.".formatted(model));
    }

    /** As the Responses API says it. */
    static ApiError unknownRequestedModel(String model) {
        return invalid(
                "model_not_found",
                "model",
                "The requested model '%s' does not exist.".formatted(model));
    }

    static ApiError unknownListedModel(String model) {
        return new ApiError(
                404,
                INVALID,
                "model_not_found",
                "model",
                "The model '%s' does not exist".formatted(model));
    }

    static ApiError noKey() {
        return new ApiError(
                401,
                INVALID,
                null,
                null,
                "You didn't provide an API key. You need to provide your API key in an"
                        + " Authorization header using Bearer auth (i.e. Authorization: Bearer"
                        + " YOUR_KEY). The emulator takes any key that does not begin with"
                        + " sk-invalid.");
    }

    static ApiError wrongKey() {
        return new ApiError(
                401,
                INVALID,
                "invalid_api_key",
                null,
                "Incorrect API key provided: sk-inval****. You can find your API key at"
                        + " https://platform.openai.com/account/api-keys. (The emulator takes any"
                        + " key that does not begin with sk-invalid.)");
    }

    static ApiError noAdministrator() {
        return new ApiError(
                403,
                INVALID,
                null,
                null,
                "You have insufficient permissions for this operation. Missing scopes:"
                        + " api.usage.read. (The emulator takes any key that begins with"
                        + " sk-admin.)");
    }

    static ApiError unknownUrl(String method, String path) {
        return new ApiError(
                404,
                INVALID,
                "unknown_url",
                null,
                "Invalid URL (%s %s). The emulator offers %s."
                        .formatted(method, path, Emulator.OFFERS));
    }

    static ApiError wrongMethod(String method, String path, String right) {
        return new ApiError(
                405,
                INVALID,
                "method_not_supported",
                null,
                "Not allowed to %s on %s. Use %s.".formatted(method, path, right));
    }
}
