package dev.vireo.exporter.http;

import java.net.InetAddress;

/**
 * Who could ask, and whether he is asked for anything.
 *
 * @param tls whether what is said is encrypted
 * @param passwords whether users and passwords are asked for
 * @param clientCertificates whether clients must show a certificate
 */
record Exposure(boolean tls, boolean passwords, boolean clientCertificates) {
    private static final String OR =
            "; or listen on this host alone (127.0.0.1, [::1]), or say --insecure if this network"
                    + " is as private as that";

    /** Throws if what is served would be open to whoever can reach the address, or passwords readable on the way. */
    void check(ListenAddress address, InetAddress resolved) throws ServingException {
        if (resolved.isLoopbackAddress() || clientCertificates || (tls && passwords)) {
            return;
        }
        String refusal = "not listening on " + address + ": it can be reached from other hosts, and ";
        if (passwords) {
            throw new ServingException(refusal
                    + "without TLS passwords would cross the network readable. Add --tls-cert FILE --tls-key FILE"
                    + OR);
        }
        throw new ServingException(refusal
                + (tls
                        ? "nobody is asked who he is. Add "
                        : "neither TLS nor authentication is set up. Add --tls-cert FILE" + " --tls-key FILE and ")
                + "--auth-file FILE (or --tls-client-ca FILE)" + OR);
    }

    /** Tells whether anybody who knows a name for the address could be answered: then the name must be this host's. */
    boolean needsHostCheck(InetAddress resolved) {
        return resolved.isLoopbackAddress() && !tls && !passwords;
    }
}
