package dev.vireo;

import java.util.List;

/**
 * Answers a hypervisor that asks who is calling: libvirt's {@code virConnectAuth}. Given to
 * {@link OpenOptions#authentication(Authentication)}.
 */
@FunctionalInterface
public interface Authentication {
    /**
     * Answers what is asked. Called while a connection opens, once or several times, on the opening thread or another.
     *
     * @param credentials what is asked for, all at once; each is given its result with {@link Credential#setResult}, or
     *     left to its default
     * @return false to give up, so that opening fails with {@link ErrorCode#AUTH_CANCELLED}
     */
    boolean answer(List<Credential> credentials);
}
