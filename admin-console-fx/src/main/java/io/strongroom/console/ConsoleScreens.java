package io.strongroom.console;
