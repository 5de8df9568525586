#!/usr/bin/zsh -f
# Has a zsh, which finds completions in DIRECTORY, complete lines as somebody does who presses the tab key, and prints what it shows.
#
#   complete.zsh DIRECTORY HOME

zmodload zsh/zpty
directory=$1
export HOME=$2 TERM=dumb

# Types a text, and waits until what is shown matches.
asks() {
    zpty -w -n shell "$1"
    zpty -r shell shown "$2"
    print -r -- "$shown"
}

zpty shell zsh -f -i
zpty -w shell "PS1='ready''> '; fpath=(${(q)directory} \$fpath); autoload -U compinit && compinit -u -D"
zpty -r shell shown '*ready> *'
asks $'vireo cpu-st\t' '*cpu-stats *'
asks $' --tot\t' '*--total *'
asks $'\x15vireo top --sort ove\t' '*overhead *'
zpty -d shell
