package dev.vireo;

/** Names what a hypervisor may ask for: libvirt's {@code virConnectCredentialType}, in the order of its numbers. */
public enum CredentialType {
    /** The identity to act as. */
    USERNAME,
    /** The identity to authorize as. */
    AUTHNAME,
    /** Languages of RFC 1766, separated by commas. */
    LANGUAGE,
    /** A nonce of the client. */
    CNONCE,
    /** A secret that must not be shown. */
    PASSPHRASE,
    /** The answer to a challenge, which may be shown. */
    ECHOPROMPT,
    /** The answer to a challenge, which must not be shown. */
    NOECHOPROMPT,
    /** An authentication realm. */
    REALM,
    /** Something that is managed outside of the program, for instance by polkit. */
    EXTERNAL;

    /**
     * Returns libvirt's number of this type.
     *
     * @return 1 to 9
     */
    public int number() {
        return ordinal() + 1;
    }

    /**
     * Tells whether an answer must not be shown while it is typed.
     *
     * @return true for {@link #PASSPHRASE} and {@link #NOECHOPROMPT}
     */
    public boolean isSecret() {
        return this == PASSPHRASE || this == NOECHOPROMPT;
    }
}
