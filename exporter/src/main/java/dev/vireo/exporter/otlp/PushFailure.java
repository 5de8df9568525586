package dev.vireo.exporter.otlp;

import dev.vireo.ErrorCode;

/**
 * Why a push was not accepted.
 *
 * @param code what kind of failure: a status, a time that was over, no connection
 * @param text what the receiver did, fit to be shown after its address
 * @param isOfContent whether the receiver found fault with what was pushed, so that it may accept something else
 */
record PushFailure(ErrorCode code, String text, boolean isOfContent) {
    PushFailure(ErrorCode code, String text) {
        this(code, text, false);
    }

    /** Returns what is told of a failure on this side. */
    static PushFailure of(Throwable broken) {
        return new PushFailure(ErrorCode.INTERNAL_ERROR, String.valueOf(broken));
    }
}
