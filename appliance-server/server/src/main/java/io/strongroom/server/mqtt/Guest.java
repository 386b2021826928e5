package io.strongroom.server.mqtt;

import java.security.cert.X509Certificate;

/** Who is connected. */
record Guest(String id, X509Certificate certificate, Topics topics) {}
