/** The offline verifier's command line. It opens no connection. */
@NullMarked
package io.strongroom.evidence.cli;

import org.jspecify.annotations.NullMarked;
