/** Spellings of the earlier Python program that keep working: as typed → as it is called here. */
export const OLD_SPELLINGS: Readonly<Record<string, string>> = {
  "run workflow": "run",
  "init": "interview",
  "init start": "interview",
  "init list": "interviews",
  "cancel execution": "cancel",
  "status execution": "status",
  "status executions": "runs",
  "run resume": "resume",
  "config backend": "config runtime",
  "config show": "config list",
  "mcp info": "mcp tools",
};
