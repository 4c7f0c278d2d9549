#!/usr/bin/env bash
# Which branch may go into which: `ci/branches.sh <from> <into>`. Changes go to develop, develop to staging, staging to master; a
# mend in a hurry goes from hotfix/… to master, and back to develop from there.
set -euo pipefail
from=${1:?expected the branch that is to be merged} into=${2:?expected the branch that it is to go into}
case "$from->$into" in
  'develop->staging' | 'staging->master' | hotfix/*'->master' | 'master->develop') ;;
  *'->staging' | *'->master' | 'staging->develop')
    echo "$from can't go into $into: develop goes to staging, staging and hotfix/… to master, everything else to develop." >&2
    exit 1
    ;;
  *'->develop') ;;
  *)
    echo "$into is no branch that is delivered: expected develop, staging or master." >&2
    exit 1
    ;;
esac
