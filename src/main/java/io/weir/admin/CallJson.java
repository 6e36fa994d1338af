package io.weir.admin;

import io.weir.call.CallRecord;
import io.weir.call.CallRecordJson;
import io.weir.wire.Json;
import tools.jackson.databind.node.ObjectNode;

/** A call as the admin API shows it: its record's JSON, and the sums a reader would work out. */
final class CallJson {
    private CallJson() {}

    /** The call as lists show it: its attempts are not loaded for those. */
    static ObjectNode listed(CallRecord record) {
        ObjectNode json = of(record);
        json.remove("attempts");
        return json;
    }

    static ObjectNode of(CallRecord record) {
        ObjectNode json = (ObjectNode) Json.MAPPER.readTree(CallRecordJson.write(record));
        json.put("total_input_tokens", record.usage().inputTotal());
        json.put("total_output_tokens", record.usage().outputTotal());
        json.put("latency_us", record.moments().closed());
        json.put("overhead_us", record.moments().overhead());
        return json;
    }
}
