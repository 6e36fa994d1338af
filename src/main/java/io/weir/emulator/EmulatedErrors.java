package io.weir.emulator;

import io.weir.wire.ApiError;

/** The errors that models are named after, in the API's words. */
final class EmulatedErrors {
    static final ApiError BAD_REQUEST =
            Refusals.invalid(
                    "invalid_value",
                    "messages",
                    "Invalid value for 'messages'. (Emulated: the model error-400 refuses every"
                            + " request.)");
    static final ApiError BAD_KEY =
            ApiError.of(
                    401,
                    "invalid_request_error",
                    "invalid_api_key",
                    "Incorrect API key provided. (Emulated: the model error-401 knows no key.)");
    static final ApiError FORBIDDEN =
            ApiError.of(
                    403,
                    "request_forbidden",
                    "unsupported_country_region_territory",
                    "Country, region, or territory not supported. (Emulated.)");
    static final ApiError NOT_FOUND = Refusals.unknownModel("error-404");
    static final ApiError RATE_LIMITED =
            ApiError.of(
                    429,
                    "requests",
                    "rate_limit_exceeded",
                    "Rate limit reached for error-429 in organization org-emulated on requests per"
                            + " min (RPM): Limit 500, Used 500, Requested 1. Please try again in"
                            + " 250ms. Visit https://platform.openai.com/account/rate-limits to"
                            + " learn more.");
    static final ApiError QUOTA =
            ApiError.of(
                    429,
                    "insufficient_quota",
                    "insufficient_quota",
                    "You exceeded your current quota, please check your plan and billing details."
                            + " For more information on this error, read the docs:"
                            + " https://platform.openai.com/docs/guides/error-codes/api-errors.");
    static final ApiError SERVER =
            new ApiError(
                    500,
                    "server_error",
                    null,
                    null,
                    "The server had an error processing your request. Sorry about that! You can"
                            + " retry your request. (Emulated.)");
    static final ApiError OVERLOADED =
            new ApiError(
                    503,
                    "server_error",
                    null,
                    null,
                    "The engine is currently overloaded, please try again later. (Emulated.)");
    static final ApiError TOO_LONG =
            Refusals.invalid(
                    "context_length_exceeded",
                    "messages",
                    "This model's maximum context length is 8192 tokens. However, your messages"
                            + " resulted in 8193 tokens. Please reduce the length of the messages."
                            + " (Emulated.)");
    static final String PAGE =
            """
            <html>
            <head><title>502 Bad Gateway</title></head>
            <body><center><h1>502 Bad Gateway</h1></center><hr><center>emulated proxy</center></body>
            </html>
            """;

    private EmulatedErrors() {}
}
