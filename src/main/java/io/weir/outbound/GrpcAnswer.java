package io.weir.outbound;

/**
 * What a server answered to a call by gRPC.
 *
 * @param status gRPC's, 0 for a call that went well
 * @param details a {@code google.rpc.Status} as it came in {@code grpc-status-details-bin}; empty
 *     where none did
 * @param message the answer; empty where the call went wrong
 */
public record GrpcAnswer(int status, byte[] details, byte[] message) {}
