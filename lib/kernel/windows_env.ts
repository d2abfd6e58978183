/** Windows starts few programs without these; elsewhere they mean nothing. */
export const WINDOWS_ENV = [
  "APPDATA",
  "COMSPEC",
  "LOCALAPPDATA",
  "PATHEXT",
  "PROGRAMDATA",
  "SYSTEMROOT",
  "TEMP",
  "TMP",
  "USERPROFILE",
];
